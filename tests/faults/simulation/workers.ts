import { stackOf } from './ask.ts';
import type { Job } from './jobs.ts';
import type { AppProcess } from './process.ts';
import { isInjected } from './thrown.ts';
import { count, type World } from './world.ts';

/** Milliseconds between two looks of a worker, at least and at most. */
const PAUSE_MS = [250, 750] as const;
const LONGEST_PAUSE_MS = 300_000;

/** A worker with nothing to do. */
export interface Resting {
	job: Job;
	/** Null: the acquirer's own. */
	process: AppProcess | null;
	notBefore: number;
	wake(): void;
}

/**
 * Wakes the worker that has something to do first, if that is now or before `limit`, and gives the
 * moment. Real workers look twice a second; for days on end that would be most of a schedule.
 */
export async function wakeFirst(world: World, limit: number): Promise<number | null> {
	const { resting, scheduler } = world;
	const dues = new Map<Job, number | null>();
	let first: { one: Resting; at: number } | undefined;
	for (const one of resting) {
		if (one.process?.alive === false) {
			resting.delete(one);
			continue;
		}
		let due = dues.get(one.job);
		if (due === undefined) dues.set(one.job, (due = await nextDue(world, one.job)));
		if (due === null) continue;
		const at = Math.max(due, one.notBefore, scheduler.now());
		if (!first || at < first.at) first = { one, at };
	}
	if (!first || first.at > limit) return null;
	resting.delete(first.one);
	first.one.wake();
	return first.at;
}

async function nextDue({ store }: World, job: Job): Promise<number | null> {
	const [row] = await store.select<{ due: number | null }>(job.due);
	return row?.due ?? null;
}

/** Runs rounds of a job as the app's worker does, for as long as the process lives. */
export function beginWork(world: World, job: Job, process: AppProcess | null): void {
	void (async () => {
		for (let idle = 0; process?.alive !== false;) {
			await rest(world, job, process, idle);
			idle = (await look(world, job, process)) ? 0 : idle + 1;
		}
	})();
}

async function rest(
	{ scheduler, random, resting }: World,
	job: Job,
	process: AppProcess | null,
	idle: number
): Promise<void> {
	const pauseMs = PAUSE_MS[0] + random.whole(PAUSE_MS[1] - PAUSE_MS[0]);
	const notBefore = scheduler.now() + Math.min(pauseMs * 2 ** idle, LONGEST_PAUSE_MS);
	await new Promise<void>((wake) => resting.add({ job, process, notBefore, wake }));
	await scheduler.pass(`looks: ${job.name}`, process);
}

/** One round; false: it found nothing, or failed. */
async function look(world: World, job: Job, process: AppProcess | null): Promise<boolean> {
	try {
		const done = await job.round(process?.context ?? world.acquirer, process?.flights ?? new Map());
		count(world, done === 0 ? `idle: ${job.name}` : `round: ${job.name}`);
		return done > 0;
	} catch (error) {
		const isOurs = process?.alive === false || isInjected(error);
		if (!isOurs) world.defects.push(`${job.name} failed: ${stackOf(error)}`);
		return false;
	}
}
