import { expect, test } from 'vitest';
import { purgeLimits } from '../../src/lib/server/limits/purge-limits';
import { describeOnEachEngine } from '../databases';

const DAY_MS = 86_400_000;

describeOnEachEngine('forgetting old limits', (open) => {
	test('takes the periods that are long over, and no other', async () => {
		const context = await open();
		const now = context.clock.now();
		const row = (daysAgo: number) => ({
			subject: `${daysAgo} days ago`,
			period_start: now - daysAgo * DAY_MS,
			amount: 1,
			uses: 1
		});
		await context.db.inTransaction((tx) =>
			tx
				.insertInto('limit_counters')
				.values([row(0), row(31), row(401), row(800)])
				.execute()
		);
		expect(await purgeLimits(context)).toBe(2);
		expect(await purgeLimits(context)).toBe(0);
		const left = await context.db.read
			.selectFrom('limit_counters')
			.select('subject')
			.orderBy('period_start')
			.execute();
		expect(left.map(({ subject }) => subject)).toEqual(['31 days ago', '0 days ago']);
	});
});
