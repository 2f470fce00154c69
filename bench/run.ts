/**
 * Measures the built app against the least that could do the same work, in the same run on the same
 * machine: figures that hold elsewhere too are ratios. `--quick` takes a third of the time, and
 * `--only=sqlite,postgres,slow-line` a part of it.
 */
import { measureEngine } from './engines.ts';
import { measureSlowLine } from './slow-line.ts';

const quick = process.argv.includes('--quick');
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);
const parts = only?.split(',') ?? ['sqlite', 'postgres', 'slow-line'];
const length = quick
	? { rounds: 1, ms: 1500, warmUpMs: 3000 }
	: { rounds: 3, ms: 1800, warmUpMs: 4000 };

const legend = `A row in ms is of times: the lower its ratio, the better.
S2S: both commit an order, an intent and an outcome, and ask an acquirer in their own process, which
commits before it answers. The app works at the acquirer's notifications and its webhooks as well.
List: both read the same rows in pages of the same size; the app knows its caller and renders.
`;

for (const engine of ['sqlite', 'postgres'] as const) {
	if (!parts.includes(engine)) continue;
	process.stdout.write(`\nApp and bare server on ${engine}\n`);
	console.table(await measureEngine(engine, length));
	process.stdout.write(legend);
}
if (parts.includes('slow-line')) {
	process.stdout.write('\nThe card page at 400 kbit/s, 400 ms, a processor slowed 4 times\n');
	console.table(await measureSlowLine(quick ? 3 : 7));
	// The weights, which the build has also shown; it fails when one is over its budget.
	await import('../tests/weights.ts');
}
process.exit();
