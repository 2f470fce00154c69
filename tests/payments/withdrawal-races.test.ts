import { afterAll, beforeAll, expect, test } from 'vitest';
import { BusinessError } from '../../src/lib/server/errors';
import { checkLedger } from '../../src/lib/server/ledger/check-ledger';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import {
	approveWithdrawal,
	rejectWithdrawal
} from '../../src/lib/server/payments/decide-withdrawal';
import { sendPayouts } from '../../src/lib/server/payments/send-payouts';
import { saveRoutingSet } from '../../src/lib/server/routing/routing-set';
import { describeOnEachEngine } from '../databases';
import { DOWN, openShop, type Shop } from './open-shop';
import { openRequest } from './withdraw';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describeOnEachEngine('decisions and payouts that race', (open) => {
	let shop: Shop;
	beforeAll(async () => {
		shop = await openShop(open);
	});
	afterAll(async () => {
		expect(await checkLedger(shop.context)).toEqual([]);
	});

	/** What a decision came to. */
	async function outcomeOf(decision: Promise<unknown>): Promise<string> {
		try {
			await decision;
			return 'done';
		} catch (error) {
			if (error instanceof BusinessError) return error.code;
			throw error;
		}
	}

	test('approve and reject at once, 100 times: one decision each, one payout at most', async () => {
		const approved: boolean[] = [];
		for (let round = 0; round < 100; round++) {
			const payment = await openRequest(shop);
			const { context } = shop;
			// Who begins takes turns, so that neither always wins.
			const approve = () => outcomeOf(approveWithdrawal(context, payment));
			const reject = () => outcomeOf(rejectWithdrawal(context, payment));
			const started = round % 2 === 0 ? [approve(), reject()] : [reject(), approve()];
			const results = await Promise.all(started);
			expect(results.sort()).toEqual(['already_decided', 'done']);
			const { state } = await shop.read(payment);
			await shop.work();
			const isApproved = state === 'approved';
			expect(isApproved || state === 'rejected').toBe(true);
			expect(await shop.acquirer(payment)).toHaveLength(isApproved ? 1 : 0);
			const decisions = (await shop.events(payment)).filter(
				(kind) => kind === 'approved' || kind === 'rejected'
			);
			expect(decisions).toEqual([state]);
			approved.push(isApproved);
		}
		expect(new Set(approved).size).toBe(2);
	});

	test('three approvals, three rejections and two cancels at once: one stands', async () => {
		for (let round = 0; round < 10; round++) {
			const payment = await openRequest(shop);
			const { context } = shop;
			await Promise.all([
				...[1, 2, 3].map(() => outcomeOf(approveWithdrawal(context, payment))),
				...[1, 2].map(() => cancelPayment(context, payment)),
				...[1, 2, 3].map(() => outcomeOf(rejectWithdrawal(context, payment)))
			]);
			const kinds = (await shop.events(payment)).slice(2);
			expect(kinds).toHaveLength(1);
			expect(['approved', 'rejected', 'canceled']).toContain(kinds[0]);
		}
		await shop.work();
	});

	test('eight workers at once send a payout once', async () => {
		const payment = await openRequest(shop);
		await approveWithdrawal(shop.context, payment);
		await Promise.all(Array.from({ length: 8 }, () => sendPayouts(shop.context)));
		await shop.work(HOUR);
		expect(await shop.acquirer(payment)).toEqual([{ state: 'succeeded', charges: 1, requests: 1 }]);
		expect(await shop.attempts(payment)).toHaveLength(1);
	});

	test('a worker that dies after its claim: the next one sends it, a minute later', async () => {
		const payment = await openRequest(shop);
		await approveWithdrawal(shop.context, payment);
		const dies = new Error('the process ended here');
		const dying = {
			...shop.context,
			db: { ...shop.context.db, read: failingReads(shop.context.db.read, dies) }
		};
		await sendPayouts(dying);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'approved' });
		await shop.work(MINUTE);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await shop.acquirer(payment)).toMatchObject([{ charges: 1 }]);
	});

	test('a worker that dies between its intent and its call: called off, and tried again', async () => {
		const payment = await openRequest(shop);
		await approveWithdrawal(shop.context, payment);
		shop.line.cut = 'before';
		await shop.work();
		shop.line.cut = 'none';
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		await shop.work(HOUR);
		await shop.work(MINUTE);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await shop.acquirer(payment)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
	});
});

/** Finds what is due as before, and breaks when the payment itself is read. */
function failingReads<Reads extends object>(reads: Reads, fault: Error): Reads {
	let selects = 0;
	return new Proxy(reads, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			if (name === 'selectFrom' && ++selects > 1) throw fault;
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		}
	});
}

describeOnEachEngine('a payout that goes on to the next account', (open) => {
	let shop: Shop;
	let first: number;

	async function begin(credentials: Record<string, string>): Promise<void> {
		shop = await openShop(open);
		first = await shop.addAccount({ credentials });
		const { context, application, accountId } = shop;
		const rule = {
			name: 'Payouts',
			when: { intents: ['withdrawal' as const] },
			choices: [[{ account: first, weight: 1 }], [{ account: accountId, weight: 1 }]],
			onFailure: { next: true, limit: 2 }
		};
		const set = { merchantId: application.merchantId, mode: 'test', name: 'Rules' } as const;
		await context.db.inTransaction((tx) =>
			saveRoutingSet(context, tx, { ...set, isDefault: true, rules: [rule] })
		);
	}

	test.each([
		['declines softly', { temper: 'moody' }, 'processing_error'],
		['is down', { base_url: `http://${DOWN}` }, 'provider_unavailable']
	])('the first %s, the second pays', async (_, credentials, reason) => {
		await begin(credentials);
		const payment = await openRequest(shop);
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', reason: null });
		expect(await shop.attempts(payment)).toMatchObject([
			{ state: 'declined', account: first, reason },
			{ state: 'succeeded', account: shop.accountId }
		]);
		const balances = { available: -10_000, reserved: 0, in_transit: 0, payers: 10_000 };
		expect(await shop.balances()).toEqual(balances);
		expect(await checkLedger(shop.context)).toEqual([]);
		const { snapshot } = await shop.context.db.read
			.selectFrom('events')
			.select('snapshot')
			.where('transaction_id', '=', payment.transactionId)
			.where('kind', '=', 'payout_sent')
			.limit(1)
			.executeTakeFirstOrThrow();
		expect(JSON.parse(snapshot)).toMatchObject({
			explanation: {
				rule: 'Payouts',
				accounts: [
					{ id: first, verdict: 'first' },
					{ id: shop.accountId, verdict: 'next' }
				]
			}
		});
	});

	test('both decline softly: it fails, and the money is available again', async () => {
		await begin({ temper: 'moody' });
		const payment = await openRequest(shop, 'error');
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'failed', reason: 'processing_error' });
		expect(await shop.attempts(payment)).toHaveLength(2);
		expect(await shop.balances()).toMatchObject({ available: 0, reserved: 0, in_transit: 0 });
		expect(await checkLedger(shop.context)).toEqual([]);
	});

	test('the first refuses the account: the second is not asked', async () => {
		await begin({});
		const payment = await openRequest(shop, 'refused');
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'failed' });
		expect(await shop.attempts(payment)).toMatchObject([{ account: first }]);
	});

	test('the first is unknown: the second is never asked', async () => {
		await begin({ temper: 'silent' });
		const payment = await openRequest(shop);
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		await shop.work(24 * HOUR);
		expect(await shop.attempts(payment)).toMatchObject([{ account: first }]);
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		expect(await shop.balances()).toMatchObject({ in_transit: 10_000, reserved: 0 });
	});

	test('the first has paid and did not say so: the second is never asked', async () => {
		await begin({});
		const payment = await openRequest(shop, 'hangPaid');
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await shop.attempts(payment)).toMatchObject([{ account: first, state: 'succeeded' }]);
		expect(await shop.acquirer(payment)).toMatchObject([{ charges: 1 }]);
	});

	test('the first surely never got it: it is called off there before the second is asked', async () => {
		await begin({});
		const payment = await openRequest(shop);
		await approveWithdrawal(shop.context, payment);
		shop.line.cut = 'before';
		await sendPayouts(shop.context);
		shop.line.cut = 'none';
		await shop.work(HOUR);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await shop.acquirer(payment)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
	});
});
