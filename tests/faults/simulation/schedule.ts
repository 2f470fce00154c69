import { checkLedger } from '../../../src/lib/server/ledger/check-ledger.ts';
import { createRandom, type Random } from '../random.ts';
import { breakWord } from './actors/mischief.ts';
import { liveVisitor } from './actors/visitor.ts';
import { stackOf } from './ask.ts';
import { readBooks, type Books } from './compare/books.ts';
import { findFaults } from './compare/find-faults.ts';
import { tally } from './compare/tally.ts';
import { createWorld } from './create-world.ts';
import { acquirerJobs, appJobs } from './jobs.ts';
import { startProcess } from './process.ts';
import type { Stage } from './stage.ts';
import { calm } from './weather.ts';
import { beginWork } from './workers.ts';
import { count, type Memory, type World } from './world.ts';

export interface PlayOptions {
	/** Whether queries overlap; see scheduler.ts. */
	concurrent: boolean;
	show?: (line: string) => void;
}

export interface ScheduleReport {
	faults: string[];
	counts: Map<string, number>;
	steps: number;
	/** The same for the same seed. */
	trace: string;
	/** What was compared. */
	books: Books;
	memory: Memory;
}

/** After the weather has cleared, everything has to come to rest within so many days and picks. */
const REST_MS = 10 * 24 * 3_600_000;
const REST_STEPS = 30_000;

/** Plays one schedule from its seed and tells everything that does not agree afterwards. */
export async function runSchedule(
	stage: Stage,
	seed: number,
	options: PlayOptions
): Promise<ScheduleReport> {
	await stage.store.restore();
	const world = createWorld(stage, createRandom(seed), options);
	const faults: string[] = [];
	const books = await playOut(world).then(
		() => readBooks(stage.store),
		(error: unknown) => {
			faults.push(`the schedule broke off: ${stackOf(error)}`);
			return readBooks(stage.store);
		}
	);
	for (const what of tally(books)) count(world, what);
	const { scheduler, counts, defects } = world;
	faults.push(...defects, ...findFaults(books, world), ...(await checkLedger(world.acquirer)));
	const { steps, trace } = scheduler;
	return { faults, counts, steps, trace, books, memory: world };
}

/** Bad weather for a while, and then as long as it takes until nobody has anything left to do. */
async function playOut(world: World): Promise<void> {
	const { scheduler, weather } = world;
	for (const job of acquirerJobs) beginWork(world, job, null);
	for (let number = 1; number <= weather.processes; number++) employ(world, `app-${number}`);
	const living = beginLives(world);
	await scheduler.run(() => scheduler.steps >= weather.steps);
	world.weather = calm;
	world.show?.('   the weather clears up');
	const [clearAt, clearSteps] = [scheduler.now(), scheduler.steps];
	await scheduler.run(() => {
		if (scheduler.steps - clearSteps > REST_STEPS) throw new Error('it does not come to rest');
		return scheduler.now() - clearAt > REST_MS;
	});
	if (living.size > 0) throw new Error(`still at it: ${[...living].join(', ')}`);
}

/** Starts a process with its workers, and another under the next name when it dies. */
function employ(world: World, name: string): void {
	const { scheduler, random } = world;
	const process = startProcess(world, name);
	for (const job of appJobs) beginWork(world, job, process);
	process.mourners.add(() => {
		const downMs = random.whole(random.percent(20) ? 90_000 : 2_000);
		const next = `${name}+`;
		void scheduler.sleep(downMs, 'restart').then(() => employ(world, next));
	});
}

/** Lets everybody outside of the app live; returns who still does. */
function beginLives(world: World): Set<string> {
	const { random } = world;
	const living = new Set<string>();
	const live = (name: string, act: (random: Random) => Promise<void>) => {
		living.add(name);
		act(random.fork())
			.catch((error: unknown) => world.defects.push(`${name} failed: ${stackOf(error)}`))
			.finally(() => living.delete(name));
	};
	const visitors = random.pick([
		[6, 1],
		[4, 2]
	]);
	for (let number = 1; number <= visitors; number++) {
		live(`visitor ${number}`, (own) => liveVisitor(world, own, `order-${number}`));
	}
	if (random.percent(25)) live('mischief', (own) => breakWord(world, own));
	count(world, 'schedule');
	return living;
}
