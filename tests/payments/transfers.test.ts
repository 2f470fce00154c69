import { beforeAll, expect, test } from 'vitest';
import { callOffAttempt, cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import type { Payment } from '../../src/lib/server/payments/payment';
import { creditTransfer } from '../../src/lib/server/simulator/transfers';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';

const HOUR = 3_600_000;

describeOnEachEngine('a deposit by bank transfer', (open) => {
	let shop: Shop;
	beforeAll(async () => {
		shop = await openShop(open);
	});

	/** An order of €10.05 that waits for its transfer. */
	async function awaited(): Promise<Payment> {
		const payment = await shop.open();
		expect(await shop.deposit(payment, { kind: 'bank_transfer' })).toEqual({ kind: 'sent' });
		return shop.read(payment);
	}

	async function credit({ attempt }: Payment, amount: number) {
		await creditTransfer(shop.context, attempt?.id ?? '', amount);
		await shop.work(2_000);
	}

	/** What the merchant has to decide about. */
	function queue({ transactionId }: Payment) {
		return shop.context.db.read
			.selectFrom('unapplied_money')
			.select(['amount', 'way', 'state'])
			.where('transaction_id', '=', transactionId)
			.orderBy('created_at')
			.execute();
	}

	test('tells where to, and waits', async () => {
		const payment = await awaited();
		expect(payment).toMatchObject({ state: 'action_required', attempt: { kind: 'bank_transfer' } });
		expect(payment.attempt?.action).toMatchObject({ type: 'instructions' });
		const names = fieldsOf(payment).map(({ name }) => name);
		expect(names).toContain('iban');
		expect(names).toContain('reference');
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'action_required' });
	});

	test('exact: paid once, with one event and the books right', async () => {
		const before = await shop.balances();
		const payment = await awaited();
		await credit(payment, 1005);
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 1005 });
		expect((await shop.events(payment)).filter((kind) => kind === 'succeeded')).toHaveLength(1);
		expect(await queue(payment)).toEqual([]);
		const after = await shop.balances();
		expect((after.available ?? 0) - (before.available ?? 0)).toBe(1005);
		expect(after.unapplied ?? 0).toBe(before.unapplied ?? 0);
	});

	test('in two parts: the first waits for the second', async () => {
		const payment = await awaited();
		await credit(payment, 1000);
		const short = await shop.read(payment);
		expect(short).toMatchObject({ state: 'action_required', attempt: { receivedAmount: 1000 } });
		await credit(payment, 5);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await queue(payment)).toEqual([]);
	});

	test('too much: paid, and the surplus is for the merchant to decide', async () => {
		const before = await shop.balances();
		const payment = await awaited();
		await credit(payment, 1205);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 1005 });
		expect(await queue(payment)).toEqual([{ amount: 200, way: 'queue', state: 'waiting' }]);
		const after = await shop.balances();
		expect((after.unapplied ?? 0) - (before.unapplied ?? 0)).toBe(200);
	});

	test('too little when time is up: declined with the reason, the money kept in the books', async () => {
		const payment = await awaited();
		await credit(payment, 400);
		await shop.work(73 * HOUR);
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'expired' });
		expect(await shop.attempts(payment)).toMatchObject([{ reason: 'paid_too_little' }]);
		expect(await queue(payment)).toEqual([{ amount: 400, way: 'queue', state: 'waiting' }]);
	});

	test('too late: the state stays, each credit goes into the queue', async () => {
		const payment = await awaited();
		await shop.work(73 * HOUR);
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'expired' });
		await credit(payment, 1005);
		await credit(payment, 7);
		expect(await shop.read(payment)).toMatchObject({ state: 'expired' });
		expect((await queue(payment)).map(({ amount }) => amount)).toEqual([1005, 7]);
	});

	test('the payer takes another way: what had arrived is kept apart', async () => {
		const payment = await awaited();
		await credit(payment, 300);
		await callOffAttempt(shop.context, await shop.read(payment));
		const free = await shop.read(payment);
		expect(free).toMatchObject({ state: 'created' });
		expect(await queue(payment)).toEqual([{ amount: 300, way: 'queue', state: 'waiting' }]);
		expect(await shop.pay(free, '4242 4242 4242 4242')).toBe('sent');
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});

	test('canceled while the money arrives unseen: it is paid', async () => {
		const payment = await awaited();
		await creditTransfer(shop.context, payment.attempt?.id ?? '', 1005);
		expect(await cancelPayment(shop.context, payment)).toBe('not_now');
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});

	function fieldsOf({ attempt }: Payment) {
		return attempt?.action?.type === 'instructions' ? attempt.action.fields : [];
	}
});
