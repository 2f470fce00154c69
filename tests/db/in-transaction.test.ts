import { expect, test } from 'vitest';
import { isUniqueViolation } from '../../src/lib/server/db/conflict';
import { NESTED, type Tx } from '../../src/lib/server/db/database';
import { describeOnEachEngine } from '../databases';

describeOnEachEngine('inTransaction', (open) => {
	const insert = (tx: Tx, id: string) =>
		tx.insertInto('merchants').values({ id, name: id, created_at: 1 }).execute();

	test('keeps all of a transaction or nothing, whatever its neighbours do', async () => {
		const { db } = await open();
		const results = await Promise.allSettled(
			Array.from({ length: 60 }, (_, index) =>
				db.inTransaction(async (tx) => {
					await insert(tx, `m${index}`);
					if (index % 3 === 0) throw new Error('given up');
					await insert(tx, `m${index}-second`);
					return index;
				})
			)
		);
		const rows = await db.read.selectFrom('merchants').select('id').execute();
		const expected = Array.from({ length: 60 }, (_, index) => index)
			.filter((index) => index % 3 !== 0)
			.flatMap((index) => [`m${index}`, `m${index}-second`]);
		expect(rows.map(({ id }) => id).sort()).toEqual(expected.sort());
		results.forEach((result, index) => {
			if (index % 3 === 0) expect(result).toMatchObject({ status: 'rejected' });
			else expect(result).toEqual({ status: 'fulfilled', value: index });
		});
	});

	test('refuses a unique violation alone', async () => {
		const { db } = await open();
		const results = await Promise.allSettled(
			Array.from({ length: 20 }, (_, index) =>
				db.inTransaction((tx) => insert(tx, index % 2 === 0 ? 'same' : `other${index}`))
			)
		);
		const refused = results.filter((result) => result.status === 'rejected');
		expect(refused).toHaveLength(9);
		expect(refused.every(({ reason }) => isUniqueViolation(reason))).toBe(true);
		const rows = await db.read.selectFrom('merchants').select('id').execute();
		expect(rows).toHaveLength(11);
	});

	test('a nested call throws, and the outer transaction goes on', async () => {
		const { db } = await open();
		await db.inTransaction(async (tx) => {
			await insert(tx, 'outer');
			await expect(db.inTransaction((inner) => insert(inner, 'inner'))).rejects.toThrow(NESTED);
		});
		const rows = await db.read.selectFrom('merchants').select('id').execute();
		expect(rows).toEqual([{ id: 'outer' }]);
	});

	test('what is written is read at once after it', async () => {
		const { db } = await open();
		for (let index = 0; index < 20; index++) {
			await db.inTransaction((tx) => insert(tx, `m${index}`));
			const row = await db.read
				.selectFrom('merchants')
				.select('id')
				.where('id', '=', `m${index}`)
				.executeTakeFirst();
			expect(row).toBeDefined();
		}
	});

	test('keeps bigints as numbers up to 2^53', async () => {
		const { db } = await open();
		const moment = Number.MAX_SAFE_INTEGER;
		await db.inTransaction((tx) =>
			tx.insertInto('merchants').values({ id: 'm', name: 'm', created_at: moment }).execute()
		);
		const row = await db.read.selectFrom('merchants').select('created_at').executeTakeFirst();
		expect(row).toEqual({ created_at: moment });
	});
});
