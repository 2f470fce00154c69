import { availableParallelism } from 'node:os';
import { describe, expect, test } from 'vitest';
import { makePlace, removePlace } from '../../app';
import { play, summarize, type Play } from './play';
import { applies, bugNames } from './plant-bugs';
import { missingFrom } from './wanted';

/** A processor is left to the suites that run beside this one. */
const players = Math.max(availableParallelism() - 1, 1);

async function report(wanted: Play) {
	const startedAt = performance.now();
	const result = await play(wanted);
	process.stdout.write(`${summarize(result, performance.now() - startedAt)}\n`);
	return result;
}

describe('the seeded simulation', () => {
	test('10,000 schedules on SQLite in memory lose, double and forget nothing', async () => {
		const { schedules, failures, counts } = await report({ from: 1, count: 10_000, players });
		expect(failures).toEqual([]);
		expect(schedules).toBe(10_000);
		// Enough happened for the faults to have met something.
		expect(missingFrom(counts)).toEqual([]);
	}, 1_800_000);

	test('the same seeds give the same schedules, whoever plays them and whatever came before', async () => {
		const [one, other] = await Promise.all([
			play({ from: 100, count: 40, players: 1 }),
			play({ from: 90, count: 50, players: 1 })
		]);
		expect(other.traces.slice(10)).toEqual(one.traces);
		expect(new Set(one.traces).size).toBe(40);
	}, 120_000);

	test('200 schedules with several workers on PostgreSQL lose, double and forget nothing', async () => {
		const place = await makePlace('postgres');
		try {
			const url = place.databaseUrl;
			const { schedules, failures } = await report({ from: 1, count: 200, players: 1, url });
			expect(failures).toEqual([]);
			expect(schedules).toBe(200);
		} finally {
			await removePlace(place);
		}
	}, 900_000);

	test.each(bugNames())('the bug "%s" can still be planted', (bug) => {
		expect(applies(bug)).toBe(true);
	});
});
