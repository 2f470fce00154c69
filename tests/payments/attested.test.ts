import { beforeAll, expect, test } from 'vitest';
import { applyOutcome } from '../../src/lib/server/payments/apply-outcome';
import { askUndecided } from '../../src/lib/server/payments/ask-undecided';
import type { Payment } from '../../src/lib/server/payments/payment';
import { approveWithdrawal } from '../../src/lib/server/payments/decide-withdrawal';
import { readPayment } from '../../src/lib/server/payments/read-payment';
import { refund } from '../../src/lib/server/payments/refund';
import { sendPayouts } from '../../src/lib/server/payments/send-payouts';
import { settleOpenAttempt } from '../../src/lib/server/payments/settle-attempt';
import { decideDue } from '../../src/lib/server/simulator/decide-due';
import { answerWallet, type WalletChoice } from '../../src/lib/server/simulator/wallet';
import { describeOnEachEngine } from '../databases';
import { openTransferShop, type TransferShop } from './transfer-shop';
import { openRequest } from './withdraw';

const HALF_A_MINUTE = 30_000;
const FINAL = { kind: 'succeeded', providerReference: 'x' } as const;
const money = { amount: 1005, currency: 'EUR' };

describeOnEachEngine('a payment that its provider attests', (open) => {
	let shop: TransferShop;
	beforeAll(async () => {
		shop = await openTransferShop(open);
	});

	/** An order of €10.05 that was paid with the wallet, which has told of it. */
	async function answered(choice: WalletChoice): Promise<Payment> {
		const payment = await begun();
		await answerWallet(shop.context, payment.attempt?.id ?? '', choice);
		await shop.work(1_000);
		return shop.read(payment);
	}

	async function begun(): Promise<Payment> {
		await shop.begin();
		const payment = await shop.open();
		await shop.deposit(payment, { kind: 'redirect' });
		return shop.read(payment);
	}

	const give = ({ transactionId }: Payment) =>
		refund(shop.context, { transactionId, amount: null, reference: null });
	const say = ({ attempt }: Payment, outcome: Parameters<typeof applyOutcome>[2]) =>
		applyOutcome(shop.context, attempt?.id ?? '', outcome);

	test('counts as paid, says so, and is final once the provider says it', async () => {
		const payment = await answered('attest');
		expect(payment).toMatchObject({ state: 'succeeded', attested: true, receivedAmount: 1005 });
		expect(await shop.moved()).toEqual({ payers: -1005, available: 1005 });
		await expect(give(payment)).rejects.toMatchObject({ code: 'not_refundable' });
		await shop.work(HALF_A_MINUTE);
		await shop.work(1_000);
		expect(await shop.read(payment)).toMatchObject({ attested: false, reversed: false });
		expect(await shop.moved()).toEqual({ payers: -1005, available: 1005 });
		const told = await shop.told(payment);
		expect(told.map(({ kind }) => kind)).toEqual(['succeeded', 'confirmed']);
		expect(told[0]?.snapshot).toMatchObject({ attested: true, receivedAmount: 1005 });
		expect(told[1]?.snapshot).not.toHaveProperty('attested');
		expect(told[1]?.snapshot).toMatchObject({ state: 'succeeded', receivedAmount: 1005 });
		expect(await give(payment)).toMatchObject({ state: 'succeeded', amount: 1005 });
	});

	test('is asked about until it is final, should no message come', async () => {
		const { context } = shop;
		const payment = await begun();
		await answerWallet(context, payment.attempt?.id ?? '', 'attest');
		await settleOpenAttempt(context, payment);
		for (let asked = 0; asked < 3; asked++) {
			context.clock.advance(HALF_A_MINUTE / 4);
			await askUndecided(context);
		}
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', attested: true });
		context.clock.advance(HALF_A_MINUTE);
		await decideDue(context);
		context.clock.advance(HALF_A_MINUTE);
		await askUndecided(context);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', attested: false });
		const events = await shop.events(payment);
		expect(events.filter((kind) => kind === 'confirmed')).toHaveLength(1);
		await askUndecided(context);
		expect(await shop.events(payment)).toEqual(events);
	});

	test('taken back: the state stays, the books give it back, and an event tells', async () => {
		const payment = await answered('reverse');
		expect(await shop.moved()).toEqual({ payers: -1005, available: 1005 });
		await shop.work(HALF_A_MINUTE);
		await shop.work(1_000);
		const reversed = await shop.read(payment);
		expect(reversed).toMatchObject({
			state: 'succeeded',
			attested: false,
			reversed: true,
			receivedAmount: 0,
			reason: 'insufficient_funds'
		});
		expect(await shop.moved()).toEqual({});
		const told = await shop.told(payment);
		expect(told.map(({ kind }) => kind)).toEqual(['succeeded', 'reversed']);
		expect(told[1]?.snapshot).toMatchObject({ reversed: true, receivedAmount: 0, amount: 1005 });
		expect(told[1]?.snapshot).not.toHaveProperty('attested');
		await expect(give(payment)).rejects.toMatchObject({ code: 'not_refundable' });
	});

	test('money that comes after it was taken back goes back by itself, once', async () => {
		const payment = await answered('reverse');
		await shop.work(HALF_A_MINUTE);
		await shop.work(1_000);
		await say(payment, { ...FINAL, amount: money, attested: true });
		expect((await shop.events(payment)).at(-1)).toBe('reversed');
		await say(payment, { ...FINAL, amount: money });
		await say(payment, { ...FINAL, amount: money });
		expect(await shop.queue(payment)).toMatchObject([{ amount: 1005, way: 'back' }]);
		expect(await shop.moved()).toEqual({ payers: -1005, unapplied: 1005 });
	});

	test('silence, an older word and another amount change nothing', async () => {
		const payment = await answered('attest');
		const events = await shop.events(payment);
		await say(payment, { kind: 'unknown', message: '' });
		await say(payment, { kind: 'pending', providerReference: null });
		await say(payment, { kind: 'absent' });
		await say(payment, { ...FINAL, amount: money, attested: true });
		await say(payment, { ...FINAL, amount: { ...money, amount: 1006 } });
		expect(await shop.read(payment)).toMatchObject({ attested: true });
		expect(await shop.events(payment)).toEqual(events);
	});

	test('once it is final it stays so', async () => {
		const payment = await answered('attest');
		await Promise.all([1, 2, 3].map(() => say(payment, { ...FINAL, amount: money })));
		await say(payment, {
			kind: 'declined',
			providerReference: 'x',
			reason: 'declined',
			message: ''
		});
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', reversed: false });
		expect((await shop.events(payment)).filter((kind) => kind === 'confirmed')).toHaveLength(1);
		expect(await shop.moved()).toEqual({ payers: -1005, available: 1005 });
	});

	test('final and taken back at once: one of them, and the books say the same', async () => {
		for (let round = 0; round < 5; round++) {
			const payment = await answered('attest');
			const no = { kind: 'canceled', providerReference: 'x', message: '' } as const;
			await Promise.all([
				say(payment, { ...FINAL, amount: money }),
				say(payment, no),
				say(payment, no)
			]);
			const { reversed } = await shop.read(payment);
			const moved = await shop.moved();
			const { length } = await shop.queue(payment);
			// Taken back first, it was money without a use when it was final after all.
			const late = length > 0 ? { payers: -1005, unapplied: 1005 } : {};
			expect(moved).toEqual(reversed ? late : { payers: -1005, available: 1005 });
			await shop.work(HALF_A_MINUTE);
			await shop.work(5_000);
		}
	});

	test('a payout that is only attested is undecided', async () => {
		await approveWithdrawal(shop.context, await openRequest(shop, 'slow', { amount: 1005 }));
		await sendPayouts(shop.context);
		const [newest] = await shop.context.db.read
			.selectFrom('attempts')
			.selectAll()
			.where('kind', '=', 'bank_payout')
			.execute();
		const attested = { ...FINAL, amount: money, attested: true } as const;
		await applyOutcome(shop.context, newest?.id ?? '', attested);
		const payment = await readPayment(shop.context.db.read, newest?.transaction_id ?? '');
		expect(payment).toMatchObject({ state: 'pending', attested: false });
		expect(payment?.attempt).toMatchObject({ state: 'sent' });
	});
});
