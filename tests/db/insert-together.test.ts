import { expect, test } from 'vitest';
import { refusedTable } from '../../src/lib/server/db/conflict';
import { NESTED } from '../../src/lib/server/db/database';
import type { Insertion } from '../../src/lib/server/db/insert-together';
import { describeOnEachEngine } from '../databases';

describeOnEachEngine('insertTogether', (open) => {
	const merchant = (id: string): Insertion => ({
		into: 'merchants',
		row: { id, name: `${id}'s "shop"`, created_at: Number.MAX_SAFE_INTEGER }
	});
	const count = (subject: string): Insertion => ({
		into: 'rate_counts',
		row: { subject, minute: 1, count: 1 }
	});

	test('writes all rows, in whatever tables', async () => {
		const { db } = await open();
		await db.insertTogether([merchant('one'), count('one'), merchant('two')]);
		const merchants = await db.read.selectFrom('merchants').selectAll().orderBy('id').execute();
		expect(merchants).toEqual([merchant('one').row, merchant('two').row]);
		expect(await db.read.selectFrom('rate_counts').selectAll().execute()).toHaveLength(1);
	});

	test('writes none when one is refused, and names its table', async () => {
		const { db } = await open();
		await db.insertTogether([count('taken')]);
		const refused = db.insertTogether([merchant('one'), count('taken')]);
		await expect(refused).rejects.toSatisfy((error) => refusedTable(error) === 'rate_counts');
		expect(await db.read.selectFrom('merchants').selectAll().execute()).toEqual([]);
	});

	test('refuses one of many at once alone', async () => {
		const { db } = await open();
		const results = await Promise.allSettled(
			Array.from({ length: 40 }, (_, index) => {
				const id = index % 4 === 0 ? 'same' : `other${index}`;
				return db.insertTogether([count(`${index}`), merchant(id)]);
			})
		);
		expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(9);
		expect(await db.read.selectFrom('merchants').selectAll().execute()).toHaveLength(31);
		expect(await db.read.selectFrom('rate_counts').selectAll().execute()).toHaveLength(31);
	});

	test('throws inside a transaction', async () => {
		const { db } = await open();
		await db.inTransaction(async () => {
			await expect(db.insertTogether([merchant('inner')])).rejects.toThrow(NESTED);
		});
	});
});
