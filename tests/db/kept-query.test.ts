import { expect, test } from 'vitest';
import { keptQuery } from '../../src/lib/server/db/kept-query';
import { describeOnEachEngine } from '../databases';

const countsBetween = keptQuery((reader, subject: string, from: number, until: number) =>
	reader
		.selectFrom('rate_counts')
		.select(['minute', 'count'])
		.where('minute', '>=', from)
		.where('minute', '<', until)
		.where('subject', '=', subject)
		.where('count', '!=', (value) => value.lit(0))
		.orderBy('minute')
		.limit(2)
);

describeOnEachEngine('keptQuery', (open) => {
	const row = (subject: string, minute: number, count = 1) =>
		({ into: 'rate_counts', row: { subject, minute, count } }) as const;

	test('answers each call by its own values, and by what was built in', async () => {
		const { db } = await open();
		await db.insertTogether([row('a', 1), row('a', 2), row('a', 3), row('a', 4, 0), row('b', 2)]);
		const minutes = async (...values: [string, number, number]) =>
			(await countsBetween(db.read, ...values)).map(({ minute }) => minute);
		expect(await minutes('a', 1, 9)).toEqual([1, 2]);
		expect(await minutes('a', 3, 9)).toEqual([3]);
		expect(await minutes('b', 1, 9)).toEqual([2]);
		expect(await minutes('b', 1, 2)).toEqual([]);
		expect(await minutes('a', 1, 9)).toEqual([1, 2]);
	});

	test('sees what its handle sees', async () => {
		const [one, other] = [await open(), await open()];
		await one.db.insertTogether([row('a', 1, 7)]);
		expect(await countsBetween(one.db.read, 'a', 0, 9)).toEqual([{ minute: 1, count: 7 }]);
		expect(await countsBetween(other.db.read, 'a', 0, 9)).toEqual([]);
		await one.db.inTransaction(async (tx) => {
			await tx.updateTable('rate_counts').set({ count: 8 }).execute();
			expect(await countsBetween(tx, 'a', 0, 9)).toEqual([{ minute: 1, count: 8 }]);
			expect(await countsBetween(one.db.read, 'a', 0, 9)).toEqual([{ minute: 1, count: 7 }]);
		});
		expect(await countsBetween(one.db.read, 'a', 0, 9)).toEqual([{ minute: 1, count: 8 }]);
	});
});
