import { afterEach, beforeAll, expect, test } from 'vitest';
import { BusinessError } from '$lib/server/errors';
import { setRate } from '$lib/server/rates/set-rate';
import { describeOnEachEngine, type TestContext } from '../databases';

const published = { base: 'EUR', quote: 'USD', rate: '1.0843', source: 'ecb', date: '2026-11-20' };

function set(context: TestContext, change: Partial<typeof published>) {
	return context.db.inTransaction((tx) => setRate(context, tx, { ...published, ...change }));
}

describeOnEachEngine('setRate', (open) => {
	let context: TestContext;
	beforeAll(async () => {
		context = await open();
	});
	afterEach(async () => {
		await context.db.inTransaction((tx) => tx.deleteFrom('rates').execute());
	});

	test('names what is faulty and writes nothing', async () => {
		const nothing = { base: 'XXX', quote: 'usd', rate: '0', source: '', date: '2026-02-30' };
		const refused = await set(context, nothing).catch((error: unknown) => error);
		if (!(refused instanceof BusinessError)) throw new Error('It was not refused');
		expect(refused.code).toBe('invalid');
		const named = refused.details.fields?.map(({ field }) => field);
		expect(named).toEqual(['base', 'quote', 'rate', 'source', 'date']);
		expect(await context.db.read.selectFrom('rates').select('rate').execute()).toEqual([]);
	});

	test.each([
		['rate', '999999999999.999999999999'],
		['rate', '0.000000000001'],
		['rate', '1'],
		['source', 'x'.repeat(100)],
		['date', '2028-02-29'],
		['quote', 'JPY']
	])('%s %j is taken', async (field, value) => {
		await set(context, { [field]: value });
		const rows = await context.db.read.selectFrom('rates').selectAll().execute();
		expect(rows).toMatchObject([{ ...published, [field]: value }]);
	});

	test.each([
		['rate', '1000000000000'],
		['rate', '1.0000000000001'],
		['rate', '0.000000000000'],
		['rate', '-1'],
		['rate', '+1'],
		['rate', '1e3'],
		['rate', '1,5'],
		['rate', ' 1'],
		['rate', '1\n'],
		['rate', ''],
		['source', 'x'.repeat(101)],
		['date', '2027-02-29'],
		['date', '2026-13-01'],
		['date', '2026-1-1'],
		['date', '2026-11-20T00:00:00Z'],
		['quote', 'EUR'],
		['base', 'ANG']
	])('%s %j is refused', async (field, value) => {
		const refused = set(context, { [field]: value });
		await expect(refused).rejects.toMatchObject({
			code: 'invalid',
			details: { fields: [{ field }] }
		});
	});
});
