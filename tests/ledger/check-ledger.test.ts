import { beforeEach, expect, test } from 'vitest';
import type { Tx } from '$lib/server/db/database';
import { depositPaid, withdrawalRequested } from '$lib/server/ledger/bookings';
import { checkLedger } from '$lib/server/ledger/check-ledger';
import { describeOnEachEngine, type TestContext } from '../databases';
import { book, posting } from './posting';

const own = { currency: 'EUR', amount: 1000 };

describeOnEachEngine('checkLedger', (open) => {
	let context: TestContext;
	const plant = (work: (tx: Tx) => Promise<unknown>) => context.db.inTransaction(work);

	beforeEach(async () => {
		context = await open();
		const fees = { fee: 30, merchantFee: 0, fxFee: 10 };
		const provider = { currency: 'USD', amount: 1130 };
		const paid = depositPaid({ ...own, ...fees, provider });
		await book(context, posting(paid, { transactionId: 'paid' }));
		await book(context, posting(withdrawalRequested(own), { transactionId: 'asked' }));
		expect(await checkLedger(context)).toEqual([]);
	});

	test('finds a balance that is not the sum of its entries', async () => {
		await plant((tx) =>
			tx
				.updateTable('ledger_balances')
				.set({ balance: 1001 })
				.where('account', '=', 'reserved')
				.execute()
		);
		expect(await checkLedger(context)).toEqual([
			'The balance of reserved of merchant merchant (test, EUR) is 1001, ' +
				'and its entries add up to 1000.'
		]);
	});

	test('finds a balance without entries, and entries without a balance', async () => {
		await plant((tx) =>
			tx
				.insertInto('ledger_balances')
				.values({
					merchant_id: 'ghost',
					mode: 'live',
					currency: 'JPY',
					account: 'fees',
					balance: 5
				})
				.execute()
		);
		await plant((tx) =>
			tx.deleteFrom('ledger_balances').where('account', '=', 'reserved').execute()
		);
		expect(await checkLedger(context)).toEqual([
			'The balance of fees of merchant ghost (live, JPY) is 5, and its entries add up to 0.',
			'The balance of reserved of merchant merchant (test, EUR) is 0, ' +
				'and its entries add up to 1000.'
		]);
	});

	test('finds a lost entry by its posting and by its balance', async () => {
		await plant((tx) =>
			tx
				.deleteFrom('ledger_entries')
				.where('transaction_id', '=', 'asked')
				.where('account', '=', 'reserved')
				.execute()
		);
		expect(await checkLedger(context)).toEqual([
			'The balance of reserved of merchant merchant (test, EUR) is 1000, ' +
				'and its entries add up to 0.',
			'The posting fact of transaction asked of merchant merchant (test) adds up to -1000 EUR.'
		]);
	});

	test('finds currencies that were mixed, though the numbers add up', async () => {
		await plant(async (tx) => {
			const dollars = { currency: 'USD' };
			await tx
				.updateTable('ledger_entries')
				.set(dollars)
				.where('account', '=', 'reserved')
				.execute();
			await tx
				.updateTable('ledger_balances')
				.set(dollars)
				.where('account', '=', 'reserved')
				.execute();
		});
		expect(await checkLedger(context)).toEqual([
			'The posting fact of transaction asked of merchant merchant (test) adds up to -1000 EUR.',
			'The posting fact of transaction asked of merchant merchant (test) adds up to 1000 USD.'
		]);
	});

	test('names each fault of many, up to a bound', async () => {
		const line = { merchant_id: 'm', mode: 'test', currency: 'EUR', account: 'fees' } as const;
		await plant((tx) =>
			tx
				.insertInto('ledger_entries')
				.values(
					Array.from({ length: 150 }, (_, at) => ({
						...line,
						transaction_id: `many-${at}`,
						posting: 'fact',
						line: 1,
						amount: 1,
						created_at: 1
					}))
				)
				.execute()
		);
		const faults = await checkLedger(context);
		expect(faults).toHaveLength(101);
		expect(new Set(faults).size).toBe(101);
	});
});
