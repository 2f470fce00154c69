import { expect, test } from 'vitest';
import {
	depositPaid,
	payoutPaid,
	refundRequested,
	withdrawalReleased,
	withdrawalRequested
} from '$lib/server/ledger/bookings';
import { checkLedger } from '$lib/server/ledger/check-ledger';
import { describeOnEachEngine, type TestContext } from '../databases';
import { book, bookIfCovered, booksOf, posting } from './posting';

const eur = (amount: number) => ({ currency: 'EUR', amount });

async function deposit(context: TestContext, amount: number, merchantId = 'merchant') {
	const none = { fee: 0, merchantFee: 0, fxFee: 0 };
	const entries = depositPaid({ ...eur(amount), ...none, provider: eur(amount) });
	await book(context, posting(entries, { merchantId }));
}

function countEntries({ db }: TestContext) {
	return db.read.selectFrom('ledger_entries').select('line').execute();
}

describeOnEachEngine('postIfCovered', (open) => {
	test('of 100 at the same time as many are booked as there is money for', async () => {
		const context = await open();
		await deposit(context, 37 * 250 + 249);
		const asked = Array.from({ length: 100 }, () => posting(withdrawalRequested(eur(250))));
		const booked = await Promise.all(asked.map((one) => bookIfCovered(context, one)));
		expect(booked.filter(Boolean)).toHaveLength(37);
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: 249, entries: 249 });
		const reserved = 37 * 250;
		expect(await booksOf(context, 'reserved', 'EUR')).toEqual({
			balance: reserved,
			entries: reserved
		});
		expect(await checkLedger(context)).toEqual([]);
	});

	test('money that comes and goes meanwhile never takes it below 0', async () => {
		const context = await open();
		await deposit(context, 100);
		const lowest: number[] = [];
		await Promise.all(
			Array.from({ length: 40 }, async (_, at) => {
				if (at % 4 === 0) await deposit(context, 50);
				const amount = 30 + at;
				const isBooked = await bookIfCovered(context, posting(withdrawalRequested(eur(amount))));
				if (isBooked && at % 3 === 0) {
					await book(context, posting(withdrawalReleased(eur(amount))));
				}
				lowest.push((await booksOf(context, 'available', 'EUR')).balance);
			})
		);
		expect(Math.min(...lowest)).toBeGreaterThanOrEqual(0);
		expect(await checkLedger(context)).toEqual([]);
	});

	test('takes the last minor unit and no more, and writes nothing where it refuses', async () => {
		const context = await open();
		await deposit(context, 1000);
		const before = await countEntries(context);
		expect(await bookIfCovered(context, posting(withdrawalRequested(eur(1001))))).toBe(false);
		expect(await countEntries(context)).toEqual(before);
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: 1000, entries: 1000 });
		expect(await booksOf(context, 'reserved', 'EUR')).toEqual({ balance: 0, entries: 0 });
		expect(await bookIfCovered(context, posting(withdrawalRequested(eur(1000))))).toBe(true);
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: 0, entries: 0 });
	});

	test('money of another merchant, mode or currency covers nothing', async () => {
		const context = await open();
		await deposit(context, 1000, 'other');
		const taken = withdrawalRequested(eur(10));
		expect(await bookIfCovered(context, posting(taken))).toBe(false);
		const live = posting(taken, { merchantId: 'other', mode: 'live' });
		expect(await bookIfCovered(context, live)).toBe(false);
		const dollars = withdrawalRequested({ currency: 'USD', amount: 10 });
		expect(await bookIfCovered(context, posting(dollars, { merchantId: 'other' }))).toBe(false);
		expect(await bookIfCovered(context, posting(taken, { merchantId: 'other' }))).toBe(true);
		expect(await checkLedger(context)).toEqual([]);
	});

	test('a posting that takes nothing available is booked whatever the balance', async () => {
		const context = await open();
		await book(context, posting(withdrawalRequested(eur(500))));
		expect(await bookIfCovered(context, posting(withdrawalReleased(eur(200))))).toBe(true);
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: -300, entries: -300 });
		const fees = { fee: 0, merchantFee: 0, fxFee: 0 };
		const paid = depositPaid({ ...eur(100), ...fees, provider: eur(100) });
		expect(await bookIfCovered(context, posting(paid))).toBe(true);
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: -200, entries: -200 });
	});

	test('a refund is covered by its amount: the fee comes out of the fees', async () => {
		const context = await open();
		await deposit(context, 1000);
		const refund = refundRequested({ ...eur(1000), fee: 30 });
		expect(await bookIfCovered(context, posting(refund))).toBe(true);
		expect(await checkLedger(context)).toEqual([]);
	});

	test('the same posting is refused a second time', async () => {
		const context = await open();
		await deposit(context, 1000);
		const asked = posting(withdrawalRequested(eur(100)));
		expect(await bookIfCovered(context, asked)).toBe(true);
		await expect(bookIfCovered(context, asked)).rejects.toThrow();
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: 900, entries: 900 });
	});

	test('what could not be refused without a trace is a defect', async () => {
		const context = await open();
		await deposit(context, 1000);
		const two = [
			...withdrawalRequested(eur(1)),
			...withdrawalRequested({ currency: 'USD', amount: 1 })
		];
		await expect(bookIfCovered(context, posting(two))).rejects.toThrow('can be covered');
		const fees = { fee: 0, merchantFee: 1, fxFee: 0 };
		const paid = payoutPaid({ ...eur(10), ...fees, provider: eur(10) });
		await expect(bookIfCovered(context, posting(paid))).rejects.toThrow('can be covered');
		expect(await checkLedger(context)).toEqual([]);
	});
});
