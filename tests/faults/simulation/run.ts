import { parseArgs } from 'node:util';
import { play, summarize } from './play.ts';
import { runSchedule } from './schedule.ts';
import { openStage } from './stage.ts';
import { missingFrom } from './wanted.ts';

/**
 * `node --import ./tests/faults/simulation/resolve.ts tests/faults/simulation/run.ts`
 *
 * - `[schedules] [first seed]` plays that many schedules and ends with 1 if any has faults
 * - `--replay seed` plays one and prints all that happens
 * - `--counts` prints what happened, and how often
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { replay: { type: 'string' }, counts: { type: 'boolean' } }
});

const print = (line: string) => void process.stdout.write(`${line}\n`);

if (values.replay !== undefined) await replay(Number(values.replay));
else await playAll(Number(positionals[0] ?? 10_000), Number(positionals[1] ?? 1));

async function replay(seed: number) {
	const stage = await openStage();
	const { faults, trace } = await runSchedule(stage, seed, { concurrent: false, show: print });
	await stage.close();
	print(`${faults.length} faults, trace ${trace}`);
	for (const fault of faults) print(`  ${fault}`);
	if (faults.length > 0) process.exitCode = 1;
}

async function playAll(count: number, from: number) {
	const startedAt = performance.now();
	const report = await play({ from, count });
	print(summarize(report, performance.now() - startedAt));
	if (values.counts) {
		for (const [what, times] of Object.entries(report.counts).sort()) print(`  ${times} ${what}`);
	}
	const missing = missingFrom(report.counts);
	if (count >= 10_000 && missing.length > 0) print(`never happened: ${missing.join(', ')}`);
	if (report.failures.length > 0) process.exitCode = 1;
}
