import { startPostgres } from '../postgres.ts';
import { runFaults, summarize } from './run-faults.ts';

/**
 * `npm run faults`, or `node tests/faults/run.ts [kills] [seed]`: kills the built app that often on
 * each engine and ends with 1 if anything was lost, doubled or forgotten.
 */
const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);

const postgres = await startPostgres();
process.env.CASHDESK_TEST_POSTGRES = postgres.url;
try {
	for (const engine of ['sqlite', 'postgres'] as const) {
		const report = await runFaults({ engine, kills, seed, payers: 12, lapseLeases: false });
		process.stdout.write(`${summarize(report)}\n`);
		for (const fault of report.faults) process.stdout.write(`  ${fault}\n`);
		if (report.faults.length > 0) process.exitCode = 1;
	}
} finally {
	await postgres.stop();
}
