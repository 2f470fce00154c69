import { expect, test } from 'vitest';
import { isUniqueViolation } from '$lib/server/db/conflict';
import {
	depositPaid,
	moneyUnapplied,
	payoutSent,
	unappliedReturned,
	withdrawalRequested
} from '$lib/server/ledger/bookings';
import { checkLedger } from '$lib/server/ledger/check-ledger';
import type { Entry } from '$lib/server/ledger/posting';
import { post } from '$lib/server/ledger/post';
import { readBalances } from '$lib/server/ledger/read-balances';
import { describeOnEachEngine, type TestContext } from '../databases';
import { book, booksOf, posting } from './posting';

const owner = { merchantId: 'merchant', mode: 'test' } as const;
const none = { available: 0, reserved: 0, in_transit: 0, fees: 0, payers: 0, fx: 0, unapplied: 0 };

function deposit(amount: number, currency = 'EUR'): Entry[] {
	const provider = { amount, currency };
	return depositPaid({ currency, amount, fee: 0, merchantFee: 0, provider, fxFee: 0 });
}

function countEntries({ db }: TestContext) {
	return db.read.selectFrom('ledger_entries').select('line').execute();
}

describeOnEachEngine('post', (open) => {
	test('writes the entries, without those of 0, and the balances with them', async () => {
		const context = await open();
		await book(context, posting(deposit(1000), { transactionId: 't', posting: 'attempt' }));
		const rows = await context.db.read
			.selectFrom('ledger_entries')
			.selectAll()
			.orderBy('line')
			.execute();
		const common = { transaction_id: 't', posting: 'attempt', currency: 'EUR', mode: 'test' };
		expect(rows).toMatchObject([
			{ ...common, line: 1, account: 'payers', amount: -1000, merchant_id: 'merchant' },
			{ ...common, line: 2, account: 'available', amount: 1000, merchant_id: 'merchant' }
		]);
		expect(rows[0]?.created_at).toBe(context.clock.now());
		const balances = await readBalances(context, owner);
		expect([...balances]).toEqual([['EUR', { ...none, payers: -1000, available: 1000 }]]);
	});

	test('keeps merchants, modes and currencies apart', async () => {
		const context = await open();
		await book(context, posting(deposit(1)));
		await book(context, posting(deposit(20, 'USD')));
		await book(context, posting(deposit(300), { mode: 'live' }));
		await book(context, posting(deposit(4000), { merchantId: 'other' }));
		await book(context, posting(deposit(50_000)));
		const available = async (merchantId: string, mode: 'test' | 'live') =>
			[...(await readBalances(context, { merchantId, mode }))].map(([currency, balances]) => [
				currency,
				balances.available
			]);
		expect(await available('merchant', 'test')).toEqual([
			['EUR', 50_001],
			['USD', 20]
		]);
		expect(await available('merchant', 'live')).toEqual([['EUR', 300]]);
		expect(await available('other', 'test')).toEqual([['EUR', 4000]]);
		expect(await available('other', 'live')).toEqual([]);
		expect(await checkLedger(context)).toEqual([]);
	});

	test('refuses, with all of the transaction, what does not add up to 0', async () => {
		const context = await open();
		const line = (amount: number, currency = 'EUR'): Entry => ({
			account: 'available',
			currency,
			amount
		});
		const faulty = [
			[],
			[line(0), line(0)],
			[line(1)],
			[line(1), line(-2)],
			[line(1), line(-1, 'USD')],
			[line(0.5), line(-0.5)],
			[line(NaN), line(-1)],
			// A double this large swallows the fraction, so the sum alone looks sound.
			[line(9e15), line(0.2), line(-9e15)],
			[line(Number.MAX_SAFE_INTEGER), line(1), line(-1), line(-Number.MAX_SAFE_INTEGER)]
		];
		for (const entries of faulty) {
			const refused = context.db.inTransaction(async (tx) => {
				await post(context, tx, posting(deposit(1000)));
				await post(context, tx, posting(entries));
			});
			await expect(refused).rejects.toThrow();
		}
		expect(await countEntries(context)).toEqual([]);
		expect([...(await readBalances(context, owner))]).toEqual([]);
	});

	test('the same posting is refused a second time, another of the transaction is not', async () => {
		const context = await open();
		const first = posting(deposit(1000), { transactionId: 't', posting: 'one' });
		await book(context, first);
		const again = await book(context, { ...first, entries: deposit(7) }).catch(
			(error: unknown) => error
		);
		expect(isUniqueViolation(again)).toBe(true);
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: 1000, entries: 1000 });
		await book(context, { ...first, posting: 'two' });
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: 2000, entries: 2000 });
	});

	test('what passes through an account keeps its entries and leaves no balance', async () => {
		const context = await open();
		const money = { currency: 'EUR', amount: 1000 };
		await book(context, posting([...withdrawalRequested(money), ...payoutSent(money)]));
		expect(await countEntries(context)).toHaveLength(4);
		expect(await booksOf(context, 'reserved', 'EUR')).toEqual({ balance: 0, entries: 0 });
		expect(await checkLedger(context)).toEqual([]);
	});

	test('postings at the same time, in any order of entries, lose nothing', async () => {
		const context = await open();
		const lists = Array.from({ length: 60 }, (_, at) => {
			const entries = [...deposit(at + 1), ...deposit(at + 1, 'USD')];
			return at % 2 === 0 ? entries : entries.reverse();
		});
		await Promise.all(lists.map((entries) => book(context, posting(entries))));
		for (const currency of ['EUR', 'USD']) {
			const sum = (60 * 61) / 2;
			expect(await booksOf(context, 'available', currency)).toEqual({ balance: sum, entries: sum });
		}
		expect(await checkLedger(context)).toEqual([]);
	});

	test('money booked as it arrives and then as a deposit never waits in a circle', async () => {
		const context = await open();
		let runs = 0;
		const settle = (isTransfer: boolean) =>
			context.db.inTransaction(async (tx) => {
				runs++;
				const money = { currency: 'EUR', amount: 10 };
				if (isTransfer) await post(context, tx, posting(moneyUnapplied(money)));
				await post(context, tx, posting(deposit(10)));
				if (isTransfer) await post(context, tx, posting(unappliedReturned(money)));
			});
		await Promise.all(Array.from({ length: 80 }, (_, at) => settle(at % 2 === 0)));
		expect(await booksOf(context, 'available', 'EUR')).toEqual({ balance: 800, entries: 800 });
		expect(await booksOf(context, 'unapplied', 'EUR')).toEqual({ balance: 0, entries: 0 });
		// A transaction that PostgreSQL ends to break a deadlock would have run again.
		expect(runs).toBe(80);
	});

	test('adds exactly past 2^53, and reads no number that is not exact', async () => {
		const context = await open();
		const most = 999_999_999_999_999;
		for (let times = 0; times < 9; times++) await book(context, posting(deposit(most)));
		expect((await readBalances(context, owner)).get('EUR')?.available).toBe(9 * most);
		await book(context, posting(deposit(most)));
		await expect(readBalances(context, owner)).rejects.toThrow(RangeError);
		expect(await checkLedger(context)).toEqual([]);
		const back = deposit(-most);
		await book(context, posting(back));
		expect((await readBalances(context, owner)).get('EUR')?.available).toBe(9 * most);
	});
});
