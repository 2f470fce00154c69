import { createLog } from '../../../src/lib/server/log/log.ts';
import type { Context } from '../../../src/lib/server/context.ts';
import type { Random } from '../random.ts';
import { createLine } from './line.ts';
import { randomBytes } from './process.ts';
import type { PlayOptions } from './schedule.ts';
import { createScheduler } from './scheduler.ts';
import type { Stage } from './stage.ts';
import { openGates } from './store.ts';
import { drawWeather } from './weather.ts';
import { wakeFirst } from './workers.ts';
import type { World } from './world.ts';

const START = Date.parse('2026-11-21T12:00:00Z');
const silentLog = createLog({ level: 'silent' });

/** An empty world on a stage: nobody lives in it yet. */
export function createWorld(
	{ store, config, merchants, setPace }: Stage,
	random: Random,
	{ concurrent, show }: PlayOptions
): World {
	const scheduler = createScheduler({
		random: random.fork(),
		startAt: START,
		concurrent,
		wakeFirst: (limit) => wakeFirst(world, limit),
		show
	});
	setPace(scheduler);
	const drawn = merchants[random.whole(merchants.length)];
	if (!drawn) throw new Error('Nobody sells anything');
	const allowed = { allowUnderpay: random.percent(50), allowOverpay: random.percent(50) };
	const merchant = { ...drawn, application: { ...drawn.application, ...allowed } };
	const world: World = {
		random,
		scheduler,
		store,
		config,
		merchant,
		weather: drawWeather(random, concurrent ? 2 : 1),
		processes: [],
		resting: new Set(),
		get acquirer() {
			return acquirer;
		},
		arrivals: [],
		forged: [],
		told: [],
		defects: [],
		counts: new Map(),
		forms: new Set(),
		show
	};
	const acquirer: Context = {
		db: store.handle(openGates),
		clock: { now: () => scheduler.now() },
		random: { bytes: (size) => randomBytes(random, size) },
		fetch: createLine(world, null, (what) => scheduler.pass(what)),
		config,
		log: silentLog
	};
	return world;
}
