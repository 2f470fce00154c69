import { beforeEach, expect, test } from 'vitest';
import { newId, type Context } from '../../src/lib/server/context';
import { readPayment } from '../../src/lib/server/payments/read-payment';
import { openSession } from '../../src/lib/server/sessions/open-session';
import { payAtOnce, type OneShotOrder } from '../../src/lib/server/sessions/pay-at-once';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';

const order: OneShotOrder = {
	mode: 'test',
	intent: 'deposit',
	amount: 1005,
	currency: 'EUR',
	amountEditable: false,
	lowestAmount: null,
	highestAmount: null,
	presetAmounts: null,
	payerReference: '128',
	reference: 'order-1',
	customer: { country_code: 'GB', kyc_status: 'passed' },
	payerIp: null,
	description: null,
	returnAddresses: {},
	webhookUrl: null,
	locale: null,
	theme: 'auto',
	methods: null,
	expiresIn: 3600,
	oneShot: { content: '4242' }
};

describeOnEachEngine('paying at once', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	const pay = (
		number = '4242424242424242',
		{ context = shop.context, ...rest }: { context?: Context; id?: string; accountId?: number } = {}
	) => {
		const card = { expiryMonth: 12, expiryYear: 2030, securityCode: '737', holderName: 'Ada' };
		const means = { kind: 'card', card: { ...card, number }, keep: false } as const;
		return payAtOnce(context, shop.application, order, { method: 'card', means, ...rest });
	};

	/** A process that dies when it wants to write once more. */
	const dyingAfter = (writes: number): Context => {
		const { db } = shop.context;
		const inTransaction: typeof db.inTransaction = (work) =>
			writes-- > 0 ? db.inTransaction(work) : Promise.reject(new Error('died'));
		return { ...shop.context, db: { ...db, inTransaction } };
	};

	const disableAccount = (id: number) =>
		shop.context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ enabled: 0 }).where('id', '=', id).execute()
		);

	const charges = async (payment: { transactionId: string }) => {
		const found = await readPayment(shop.context.db.read, payment.transactionId);
		return found ? (await shop.acquirer(found)).map((each) => each.charges) : [];
	};

	test('goes on with the session that a call opened before it died', async () => {
		const id = newId(shop.context);
		await openSession(shop.context, shop.application, order, { id });
		shop.context.clock.advance(61_000);
		const { payment } = await pay(undefined, { id });
		expect(payment).toMatchObject({ sessionId: id, state: 'succeeded', tries: 1 });
		expect(await charges(payment)).toEqual([1]);
	});

	test('leaves what was sent before a call died to whoever sent it, and to the worker', async () => {
		const id = newId(shop.context);
		shop.line.cut = 'after';
		const first = await pay(undefined, { id });
		expect(first.payment).toMatchObject({ state: 'pending', tries: 1 });
		const again = await pay(undefined, { id });
		expect(again).toEqual(first);
		shop.line.cut = 'none';
		await shop.work(60_000);
		expect((await pay(undefined, { id })).payment).toMatchObject({ state: 'succeeded', tries: 1 });
		expect(await charges(first.payment)).toEqual([1]);
	});

	test('makes one try for any number of equal calls', async () => {
		const made = await Promise.all(Array.from({ length: 50 }, () => pay()));
		expect(new Set(made.map(({ token }) => token)).size).toBe(1);
		for (const { payment } of made.slice(0, 1)) {
			expect(await charges(payment)).toEqual([1]);
			expect(await shop.attempts(payment)).toHaveLength(1);
		}
	});

	test('keeps out of a payment between two accounts, which the worker ends if need be', async () => {
		await shop.addAccount({ credentials: { temper: 'moody' } });
		await disableAccount(shop.accountId);
		// The older account comes first.
		shop.context.clock.advance(1);
		await shop.addAccount();
		const id = newId(shop.context);
		await expect(pay(undefined, { id, context: dyingAfter(2) })).rejects.toThrow('died');
		const { payment } = await pay(undefined, { id });
		expect(payment).toMatchObject({ state: 'created', tries: 1, reason: 'processing_error' });
		await shop.work(121_000);
		expect((await pay(undefined, { id })).payment).toMatchObject({
			state: 'declined',
			tries: 1,
			reason: 'processing_error'
		});
		expect(await charges(payment)).toEqual([0]);
	});

	test('ends what broke off before anything was sent, and frees its reference', async () => {
		const { id } = await openSession(shop.context, shop.application, order);
		await shop.work(121_000);
		const late = await pay(undefined, { id });
		expect(late.payment).toMatchObject({ sessionId: id, state: 'declined', tries: 0 });
		const { payment } = await pay();
		expect(payment).toMatchObject({ state: 'succeeded' });
		expect(payment.sessionId).not.toBe(id);
	});

	test('declines at once what no account takes, told by its event with the explanation', async () => {
		const { payment } = await pay(undefined, { accountId: 1 });
		expect(payment).toMatchObject({
			state: 'declined',
			reason: 'provider_unavailable',
			reasonMessage: expect.stringMatching(/^No provider account takes this payment/)
		});
		expect(await shop.events(payment)).toEqual(['created', 'declined']);
		const { snapshot } = await shop.context.db.read
			.selectFrom('events')
			.select('snapshot')
			.where('transaction_id', '=', payment.transactionId)
			.where('kind', '=', 'declined')
			.executeTakeFirstOrThrow();
		expect(JSON.parse(snapshot)).toMatchObject({
			explanation: { accounts: [{ id: shop.accountId, because: 'not_named' }] }
		});
	});

	test('declines a hard no without asking anybody else', async () => {
		await shop.addAccount();
		const { payment } = await pay('4000000000000002');
		expect(payment).toMatchObject({ state: 'declined', tries: 1 });
	});
});
