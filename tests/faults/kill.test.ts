import { describe, expect, test } from 'vitest';
import { runFaults, summarize } from './run-faults';

describe.concurrent.each(['sqlite', 'postgres'] as const)('killed ten times on %s', (engine) => {
	test('the app loses, doubles and forgets nothing', async () => {
		const report = await runFaults({
			engine,
			kills: 10,
			seed: 20_261_121,
			payers: 8,
			lapseLeases: true
		});
		process.stdout.write(`${summarize(report)}\n`);
		expect(report.faults).toEqual([]);
		// Enough went on for the kills to have met something.
		const { transactions, attempts } = report.books;
		expect(transactions.length).toBeGreaterThan(20);
		expect(attempts.filter(({ state }) => state === 'succeeded').length).toBeGreaterThan(5);
		expect(report.arrivals).toBeGreaterThan(10);
	}, 240_000);
});
