import { beforeEach, expect, test } from 'vitest';
import { applyOutcome } from '../../src/lib/server/payments/apply-outcome';
import { MAX_TRIES } from '../../src/lib/server/payments/payment';
import { saveRoutingSet } from '../../src/lib/server/routing/routing-set';
import { describeOnEachEngine } from '../databases';
import { DOWN, openShop, type Shop } from './open-shop';

const APPROVED = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';
const HANG_CHARGED = '4000 0000 0000 5019';

describeOnEachEngine('from one account to the next', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	/** Puts an account before the shop's own in the rules; returns its id. */
	async function first(credentials: Record<string, string>, limit = 3): Promise<number> {
		const id = await shop.addAccount({ credentials });
		const { context, application, accountId } = shop;
		const rule = {
			name: 'Cards',
			when: { methods: ['card'] },
			choices: [[{ account: id, weight: 1 }], [{ account: accountId, weight: 1 }]],
			onFailure: { next: true, limit }
		};
		const set = { merchantId: application.merchantId, mode: 'test', name: 'Rules' } as const;
		await context.db.inTransaction((tx) =>
			saveRoutingSet(context, tx, { ...set, isDefault: true, rules: [rule] })
		);
		return id;
	}

	/** What the try's event says of why it went where it did. */
	async function explanation(transactionId: string) {
		const { snapshot } = await shop.context.db.read
			.selectFrom('events')
			.select('snapshot')
			.where('transaction_id', '=', transactionId)
			.where('kind', '=', 'try_sent')
			.orderBy('version')
			.limit(1)
			.executeTakeFirstOrThrow();
		return (JSON.parse(snapshot) as { explanation: unknown }).explanation;
	}

	test.each([
		['down', { base_url: `http://${DOWN}` }, 'provider_unavailable'],
		['declining softly', { temper: 'moody' }, 'processing_error']
	])('the first is %s, the second pays, and the explanation says so', async (_, how, reason) => {
		const id = await first(how);
		const payment = await shop.open();
		expect(await shop.pay(payment, APPROVED)).toBe('sent');
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', submissions: 1 });
		expect(await shop.attempts(payment)).toMatchObject([
			{ state: 'declined', reason, account: id },
			{ state: 'succeeded', reason: null, account: shop.accountId }
		]);
		expect(await explanation(payment.transactionId)).toMatchObject({
			rule: 'Cards',
			accounts: [
				{ id, verdict: 'first' },
				{ id: shop.accountId, verdict: 'next' }
			]
		});
	});

	test('the first is unknown: the second is never asked', async () => {
		const id = await first({});
		const payment = await shop.open();
		await shop.pay(payment, HANG_CHARGED);
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		await shop.work(60_000);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await shop.attempts(payment)).toMatchObject([{ account: id }]);
		expect(await shop.acquirer(payment)).toMatchObject([{ charges: 1 }]);
	});

	test('a hard decline stops: the card is not carried around', async () => {
		const id = await first({});
		const payment = await shop.open();
		await shop.pay(payment, DECLINED);
		expect(await shop.attempts(payment)).toMatchObject([{ state: 'declined', account: id }]);
	});

	test('no further than the rule’s limit', async () => {
		const id = await first({ temper: 'moody' }, 1);
		const payment = await shop.open();
		await shop.pay(payment, APPROVED);
		expect(await shop.read(payment)).toMatchObject({ state: 'created', tries: 1 });
		expect(await shop.attempts(payment)).toMatchObject([{ account: id }]);
	});

	test('the payer’s last form still goes on to the next account', async () => {
		await first({ temper: 'moody' });
		const payment = await shop.open();
		for (let sent = 1; sent < MAX_TRIES; sent++) await shop.pay(await shop.read(payment), DECLINED);
		expect(await shop.read(payment)).toMatchObject({ submissions: MAX_TRIES - 1 });
		await shop.pay(await shop.read(payment), APPROVED);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});

	test('a late soft word goes on nowhere: tries are counted, a server’s call is over', async () => {
		await first({});
		const payment = await shop.open();
		const soft = {
			kind: 'declined',
			providerReference: null,
			reason: 'processing_error',
			message: 'the word of a notification',
			soft: true
		} as const;
		for (let sent = 0; sent < MAX_TRIES; sent++) {
			await shop.pay(await shop.read(payment), HANG_CHARGED);
			const attemptId = (await shop.read(payment)).attempt?.id ?? '';
			await applyOutcome(shop.context, attemptId, soft);
		}
		expect(await shop.read(payment)).toMatchObject({ state: 'declined', submissions: MAX_TRIES });
	});

	test('a process that dies between two accounts leaves the payer free to try again', async () => {
		await first({ temper: 'moody' });
		const payment = await shop.open();
		shop.line.cut = 'after';
		await shop.pay(payment, HANG_CHARGED);
		shop.line.cut = 'none';
		const attemptId = (await shop.read(payment)).attempt?.id ?? '';
		await applyOutcome(shop.context, attemptId, {
			kind: 'declined',
			providerReference: null,
			reason: 'processing_error',
			message: 'the word of a notification',
			soft: true
		});
		const free = await shop.read(payment);
		expect(free).toMatchObject({ state: 'created', tries: 1 });
		await shop.pay(free, APPROVED);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});
});
