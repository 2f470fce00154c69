import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '../../../src/lib/server/context.ts';
import type { Flights } from '../../../src/lib/server/webhooks/flights.ts';
import type { Random } from '../random.ts';
import { createLine } from './line.ts';
import type { Owner } from './scheduler.ts';
import type { Gates } from './store.ts';
import { Broken, Crash, Injected, never } from './thrown.ts';
import { createWorldLog } from './world-log.ts';
import { count, permille, type World } from './world.ts';

/** One process of the app: a Context whose every call may be its last. */
export interface AppProcess extends Owner {
	readonly context: Context;
	readonly flights: Flights;
	/** Told when it dies. */
	readonly mourners: Set<() => void>;
}

export function startProcess(world: World, name: string): AppProcess {
	const { scheduler, random, weather } = world;
	const skewMs = weather.skewMs > 0 ? random.whole(2 * weather.skewMs) - weather.skewMs : 0;
	const process: AppProcess = {
		name,
		alive: true,
		mourners: new Set(),
		flights: new Map(),
		get context() {
			return context;
		}
	};
	const { touch, gate } = createGate(world, process);
	const context: Context = {
		db: world.store.handle(databaseGates(world, process, { touch, gate })),
		clock: {
			now() {
				touch('clock');
				return scheduler.now() + skewMs;
			}
		},
		random: {
			bytes(size) {
				touch('random');
				return randomBytes(random, size);
			}
		},
		fetch: createLine(world, process, gate),
		config: world.config,
		log: createWorldLog(world, process)
	};
	world.processes.push(process);
	return process;
}

interface Gate {
	/** For calls that answer at once: the dying are thrown out of what they do. */
	touch(what: string): void;
	/** For calls that wait: the dying wait for ever. */
	gate(what: string): Promise<void>;
}

/** What stands before every call of a Context. */
function createGate(world: World, process: AppProcess): Gate {
	const { scheduler, random } = world;
	const dies = (what: string) => {
		if (process.alive && permille(random, world.weather.crash)) kill(world, process, what);
		return !process.alive;
	};
	return {
		touch(what) {
			if (dies(what)) throw new Crash();
		},
		async gate(what) {
			if (dies(what)) return never();
			if (!permille(random, world.weather.slow)) return scheduler.pass(what, process);
			count(world, 'slow step');
			return scheduler.sleep(stallMs(random), what, process);
		}
	};
}

function databaseGates(world: World, process: AppProcess, { touch, gate }: Gate): Gates {
	const { random } = world;
	return {
		async before(what) {
			await gate(what);
			if (!permille(random, world.weather.databaseDown)) return;
			count(world, 'database down');
			throw new Injected(`the database could not be reached for a ${what}`);
		},
		async after(what) {
			await gate(`after ${what}`);
			if (what === 'refusal' || !permille(random, world.weather.commitLost)) return;
			count(world, 'commit lost');
			throw new Injected(`nobody knows what became of a ${what}`);
		},
		query: () => touch('query'),
		runsAgain() {
			if (!permille(random, world.weather.runsAgain)) return false;
			count(world, 'ran again');
			return true;
		},
		stillThere: async () => (process.alive ? undefined : never())
	};
}

const outside = AsyncLocalStorage.snapshot();

/** Ends a process: nothing of it runs on, and whoever waits for its answer learns it. */
function kill(world: World, process: AppProcess, where: string): void {
	process.alive = false;
	count(world, `crash at ${where}`);
	world.show?.(`   ${process.name} dies at ${where}`);
	world.processes = world.processes.filter((other) => other !== process);
	// A death inside of a transaction must not leave its mark on whoever comes after.
	for (const mourner of process.mourners) outside(mourner);
	process.mourners.clear();
}

/** Lets a process do something for somebody outside; Broken when it dies before it is done. */
export function serve<T>(process: AppProcess, act: () => Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const mourn = () => reject(new Broken('the process died'));
		process.mourners.add(mourn);
		const settle = (how: () => void) => {
			process.mourners.delete(mourn);
			if (process.alive) how();
		};
		act().then(
			(value) => settle(() => resolve(value)),
			(error: unknown) => settle(() => reject(error))
		);
	});
}

/** One that lives, as a load balancer finds it. */
export function anyProcess({ processes, random }: World): AppProcess {
	const process = processes[random.whole(Math.max(processes.length, 1))];
	if (!process) throw new Broken('no process lives');
	return process;
}

/** How long something stalls: mostly less than any lease, at times longer than all. */
export function stallMs(random: Random): number {
	return random.pick([
		[10, 1 + random.whole(500)],
		[5, 1_000 + random.whole(20_000)],
		[3, 20_000 + random.whole(100_000)],
		[1, 120_000 + random.whole(1_200_000)]
	]);
}

export function randomBytes(random: Random, size: number): Buffer {
	const bytes = Buffer.alloc(size);
	for (let at = 0; at < size; at++) bytes[at] = random.whole(256);
	return bytes;
}
