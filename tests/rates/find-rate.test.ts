import { expect, test } from 'vitest';
import { findRate } from '$lib/server/rates/find-rate';
import { setRate } from '$lib/server/rates/set-rate';
import { describeOnEachEngine, type TestContext } from '../databases';

const published = { base: 'EUR', quote: 'USD', rate: '1.0843', source: 'ecb', date: '2026-11-20' };
const noon = Date.parse('2026-11-20T12:00:00Z');
const DAY_MS = 86_400_000;

function set(context: TestContext, change: Partial<typeof published> = {}) {
	return context.db.inTransaction((tx) => setRate(context, tx, { ...published, ...change }));
}

describeOnEachEngine('findRate', (open) => {
	test('gives the rate as published, with its source and date', async () => {
		const context = await open();
		await set(context, { rate: '1.0840' });
		const rate = await findRate(context, 'EUR', 'USD', noon);
		expect(rate).toEqual({ rate: '1.0840', source: 'ecb', date: '2026-11-20' });
	});

	test('is good from its day in UTC until it is more than seven days old', async () => {
		const context = await open();
		await set(context);
		const at = (text: string) => findRate(context, 'EUR', 'USD', Date.parse(text));
		expect(await at('2026-11-19T23:59:59.999Z')).toBeUndefined();
		expect(await at('2026-11-20T00:00:00.000Z')).toBeDefined();
		expect(await at('2026-11-27T23:59:59.999Z')).toBeDefined();
		expect(await at('2026-11-28T00:00:00.000Z')).toBeUndefined();
	});

	test('the newest day wins, whenever it was set, and none from tomorrow', async () => {
		const context = await open();
		await set(context, { date: '2026-11-19', rate: '1.19' });
		await set(context, { date: '2026-11-18', rate: '1.18' });
		await set(context, { date: '2026-11-21', rate: '1.21' });
		expect(await findRate(context, 'EUR', 'USD', noon)).toMatchObject({ rate: '1.19' });
		expect(await findRate(context, 'EUR', 'USD', noon + DAY_MS)).toMatchObject({ rate: '1.21' });
		expect(await findRate(context, 'EUR', 'USD', noon - DAY_MS)).toMatchObject({ rate: '1.19' });
		expect(await findRate(context, 'EUR', 'USD', noon - 2 * DAY_MS)).toMatchObject({
			rate: '1.18'
		});
	});

	test('of two sources for one day the one that was set last', async () => {
		const context = await open();
		await set(context, { source: 'b-bank', rate: '1.1' });
		context.clock.advance(1);
		await set(context, { source: 'a-bank', rate: '1.2' });
		expect(await findRate(context, 'EUR', 'USD', noon)).toMatchObject({ source: 'a-bank' });
		context.clock.advance(1);
		await set(context, { source: 'b-bank', rate: '1.3' });
		const corrected = await findRate(context, 'EUR', 'USD', noon);
		expect(corrected).toMatchObject({ source: 'b-bank', rate: '1.3' });
	});

	test('a correction replaces the rate of its source and day', async () => {
		const context = await open();
		await set(context);
		await set(context, { rate: '1.09' });
		const rows = await context.db.read.selectFrom('rates').select('rate').execute();
		expect(rows).toEqual([{ rate: '1.09' }]);
	});

	test('the way back is not made up', async () => {
		const context = await open();
		await set(context);
		expect(await findRate(context, 'USD', 'EUR', noon)).toBeUndefined();
		expect(await findRate(context, 'EUR', 'GBP', noon)).toBeUndefined();
	});
});
