import { expect, test } from 'vitest';
import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import {
	readMerchantSettings,
	saveMerchantSettings,
	type MerchantSettings
} from '$lib/server/merchants/merchant-settings';
import { describeOnEachEngine } from '../databases';

const someSettings: MerchantSettings = {
	limits: [
		{
			intent: 'deposit',
			method: null,
			currency: 'EUR',
			period: 'day',
			amount: 100_000,
			uses: null
		},
		{ intent: 'withdrawal', method: 'bank', currency: 'KWD', period: 'month', amount: 0, uses: 3 }
	],
	kyc: { deposit: ['passed'], withdrawal: [] },
	autoApprove: { EUR: 5000, JPY: 0 },
	closedLoop: true,
	refuseBeyondBalance: true
};

function save(context: Context, settings: MerchantSettings, mode: Mode = 'test') {
	return context.db.inTransaction((tx) =>
		saveMerchantSettings(context, tx, 'merchant', mode, settings)
	);
}

describeOnEachEngine('merchant settings', (open) => {
	test('are open where nothing was saved', async () => {
		const context = await open();
		expect(await readMerchantSettings(context, 'merchant', 'test')).toEqual({
			limits: [],
			kyc: {
				deposit: ['passed', 'pending', 'failed', 'none'],
				withdrawal: ['passed', 'pending', 'none']
			},
			autoApprove: {},
			closedLoop: false,
			refuseBeyondBalance: false
		});
	});

	test('are read as they were saved, for one merchant and mode', async () => {
		const context = await open();
		const before = await readMerchantSettings(context, 'merchant', 'test');
		await save(context, someSettings);
		expect(await readMerchantSettings(context, 'merchant', 'test')).toEqual(someSettings);
		expect(await readMerchantSettings(context, 'merchant', 'live')).toEqual(before);
		expect(await readMerchantSettings(context, 'another', 'test')).toEqual(before);
		await save(context, { ...someSettings, closedLoop: false });
		const after = await readMerchantSettings(context, 'merchant', 'test');
		expect(after.closedLoop).toBe(false);
	});

	test("another process's change is heard within half a second", async () => {
		const context = await open();
		// Another handle on the same database, as another process has one.
		const elsewhere = { ...context, db: { ...context.db } };
		await save(context, someSettings);
		expect(await readMerchantSettings(context, 'merchant', 'test')).toEqual(someSettings);
		const changed = { ...someSettings, limits: [] };
		await save(elsewhere, changed);
		context.clock.advance(500);
		expect(await readMerchantSettings(context, 'merchant', 'test')).toEqual(changed);
	});

	test('are not read again within that time', async () => {
		const context = await open();
		let reads = 0;
		const selectFrom = ((...names: Parameters<typeof context.db.read.selectFrom>) => {
			reads++;
			return context.db.read.selectFrom(...names);
		}) as typeof context.db.read.selectFrom;
		const watched = { ...context, db: { ...context.db, read: { selectFrom } } };
		for (let look = 0; look < 10; look++) await readMerchantSettings(watched, 'merchant', 'test');
		expect(reads).toBe(1);
	});
});

const [rule] = someSettings.limits;

const faulty: [field: string, message: string | RegExp, changes: object][] = [
	[
		'limits.0.amount',
		'must be a whole number of minor units',
		{ limits: [{ ...rule, amount: 1.5 }] }
	],
	['limits.0.amount', 'must not be below 0', { limits: [{ ...rule, amount: -1 }] }],
	['limits.0.amount', /at most 999999999999999/, { limits: [{ ...rule, amount: 1e15 }] }],
	['limits.0.uses', 'must be a whole number', { limits: [{ ...rule, uses: '3' }] }],
	['limits.0', 'must limit amount or uses', { limits: [{ ...rule, amount: null }] }],
	['limits.1', /repeats a rule/, { limits: [rule, { ...rule, amount: 5 }] }],
	['limits', /at most 50/, { limits: Array(51).fill(rule) }],
	['limits.0.intent', 'must be deposit or withdrawal', { limits: [{ ...rule, intent: 'pay' }] }],
	['limits.0.method', /name of a method/, { limits: [{ ...rule, method: '*' }] }],
	['limits.0.currency', /ISO 4217/, { limits: [{ ...rule, currency: 'eur' }] }],
	['limits.0.period', 'must be day, week or month', { limits: [{ ...rule, period: 'year' }] }],
	['limits.0.more', 'is not known', { limits: [{ ...rule, more: 1 }] }],
	['kyc.deposit.0', /passed, pending/, { kyc: { deposit: ['maybe'], withdrawal: [] } }],
	['kyc.withdrawal', 'must be a list', { kyc: { deposit: [] } }],
	['kyc', 'must be an object', { kyc: null }],
	['autoApprove.XXX', /ISO 4217/, { autoApprove: { XXX: 1 } }],
	['autoApprove.EUR', /whole number/, { autoApprove: { EUR: '1' } }],
	['closedLoop', 'must be true or false', { closedLoop: 1 }],
	['refuseBeyondBalance', 'must be true or false', { refuseBeyondBalance: undefined }],
	['other', 'is not known', { other: true }]
];

describeOnEachEngine('faulty merchant settings', (open) => {
	test('are refused by field and rule, and nothing is saved', async () => {
		const context = await open();
		for (const [field, message, changes] of faulty) {
			const error = await save(context, { ...someSettings, ...changes }).catch((fault) => fault);
			expect(error).toBeInstanceOf(BusinessError);
			expect(error.code).toBe('invalid');
			expect(error.details.fields[0]).toEqual({ field, message: expect.stringMatching(message) });
		}
		const rows = await context.db.read.selectFrom('merchant_settings').selectAll().execute();
		expect(rows).toEqual([]);
	});
});
