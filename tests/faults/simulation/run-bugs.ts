import { bugNames, findBugs } from './plant-bugs.ts';

/**
 * `node --import ./tests/faults/simulation/resolve.ts tests/faults/simulation/run-bugs.ts [name…]`:
 * plants each bug, tells which schedule found it, and ends with 1 if one was not found.
 */
const named = process.argv.slice(2);

for await (const { bug, seed, fault, schedules } of findBugs(
	named.length > 0 ? named : bugNames(),
	4_000
)) {
	const found = seed === undefined ? 'NOT FOUND' : `found by seed ${seed}`;
	process.stdout.write(`${bug}: ${found}, ${schedules} schedules\n  ${fault ?? ''}\n`);
	if (seed === undefined) process.exitCode = 1;
}
