import type { Random } from '../random.ts';
import { createTimers } from './timers.ts';

/** Whoever runs and can die: what it has parked is never resumed after that. */
export interface Owner {
	readonly name: string;
	alive: boolean;
}

/** A moment of the virtual clock that something waits for. */
interface Alarm {
	cancel(): void;
}

export interface Scheduler {
	/** Milliseconds since 1970, virtual. */
	now(): number;
	/** Parks the caller until it is picked. Never resolves for a dead owner. */
	pass(label: string, owner?: Owner | null): Promise<void>;
	/** Parks the caller for so long at least. */
	sleep(ms: number, label: string, owner?: Owner | null): Promise<void>;
	/** Calls back after so long, unless it is canceled or its owner dies before. */
	after(ms: number, label: string, owner: Owner | null, ring: () => void): Alarm;
	/** Marks work that goes on outside of the virtual world: a query. */
	begin(): void;
	end(): void;
	/** Picks one after the other until `isOver` says so or nothing is left to do. */
	run(isOver: () => boolean): Promise<void>;
	/** How many were picked. */
	readonly steps: number;
	/** Tells two runs apart: everything that was picked, when and in which order. */
	readonly trace: string;
}

interface SchedulerOptions {
	random: Random;
	startAt: number;
	/** Whether picking goes on while queries run, as it must where they are slow; not replayable. */
	concurrent: boolean;
	/**
	 * Asked when nobody is ready, with the moment to which time would move. May wake somebody before
	 * that and gives the moment; null: nobody.
	 */
	wakeFirst(limit: number): Promise<number | null>;
	/** Told of each pick, where a schedule is shown to people. */
	show?: (line: string) => void;
}

interface Parked {
	label: string;
	owner: Owner | null;
	resume: () => void;
	isCanceled: boolean;
}

/** Turns of the event loop that queries may take before they count as waiting for something. */
const PATIENCE_TURNS = 2_000;
/** Of a hundred picks so many let several go at once, whose transactions then share a commit. */
const TOGETHER = 5;

/**
 * Holds everybody who waits, and lets them go in an order that the seed decides, the next when the
 * last has come to rest. When nobody is ready, time jumps to the next moment that somebody waits for.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
	const { random, concurrent, wakeFirst, show } = options;
	const ready: Parked[] = [];
	const timers = createTimers<Parked>(isGone);
	let now = options.startAt;
	let inFlight = 0;
	let landed = () => {};
	let steps = 0;
	let hash = 0x811c9dc5;

	const mix = (value: number) => void (hash = Math.imul(hash ^ value, 0x01000193) >>> 0);
	const park = (label: string, owner: Owner | null, resume: () => void): Parked => ({
		label,
		owner,
		resume,
		isCanceled: false
	});

	async function settle() {
		await turn();
		if (concurrent) return;
		for (let turns = 0; inFlight > 0; turns++) {
			if (turns > PATIENCE_TURNS) throw new Error('A transaction waits for the outside');
			await turn();
		}
	}

	/** Moves time to what is due next; false: there is nothing. */
	async function advance(): Promise<boolean> {
		const next = timers.next();
		const to = (await wakeFirst(next ?? Infinity)) ?? next;
		if (to === undefined) return false;
		now = Math.max(now, to);
		ready.push(...timers.takeUntil(now));
		return true;
	}

	function pick() {
		const [picked] = ready.splice(random.whole(ready.length), 1);
		if (!picked || isGone(picked)) return;
		steps++;
		mix(hashOf(picked.label));
		mix(now);
		mix(ready.length);
		show?.(`${new Date(now).toISOString()} ${picked.owner?.name ?? 'world'}: ${picked.label}`);
		picked.resume();
	}

	return {
		now: () => now,
		get steps() {
			return steps;
		},
		get trace() {
			return `${hash.toString(16)}-${steps}-${now}`;
		},
		pass: (label, owner = null) =>
			new Promise((resume) => {
				ready.push(park(label, owner, resume));
			}),
		sleep: (ms, label, owner = null) =>
			new Promise((resume) => {
				timers.add(now + ms, park(label, owner, resume));
			}),
		after(ms, label, owner, ring) {
			const parked = park(label, owner, ring);
			timers.add(now + ms, parked);
			return { cancel: () => void (parked.isCanceled = true) };
		},
		begin: () => void inFlight++,
		end() {
			inFlight--;
			landed();
		},
		async run(isOver) {
			for (;;) {
				await settle();
				if (isOver()) return;
				if (ready.length > 0) {
					for (let left = random.percent(TOGETHER) ? 3 : 1; left > 0; left--) pick();
				} else if (inFlight > 0) {
					await new Promise<void>((resolve) => (landed = resolve));
				} else if (!(await advance())) {
					return;
				}
			}
		}
	};
}

function isGone({ owner, isCanceled }: Parked): boolean {
	return isCanceled || owner?.alive === false;
}

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

const hashes = new Map<string, number>();

/** FNV-1a of a label; there are few, which come again and again. */
function hashOf(label: string): number {
	let hash = hashes.get(label);
	if (hash === undefined) {
		hash = 0x811c9dc5;
		for (let at = 0; at < label.length; at++) {
			hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193) >>> 0;
		}
		hashes.set(label, hash);
	}
	return hash;
}
