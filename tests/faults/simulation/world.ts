import type { Config } from '../../../src/lib/server/config.ts';
import type { Context } from '../../../src/lib/server/context.ts';
import type { Random } from '../random.ts';
import type { AppProcess } from './process.ts';
import type { Scheduler } from './scheduler.ts';
import type { Merchant } from './merchants.ts';
import type { Store } from './store.ts';
import type { Weather } from './weather.ts';
import type { Resting } from './workers.ts';

/** What the merchant's server got. */
interface Arrival {
	/** The delivery's id. */
	id: string;
	body: string;
	/** Whether it was taken, rather than refused. */
	taken: boolean;
}

/** What was told to somebody outside, and has to hold. */
interface Told {
	to: string;
	transactionId: string;
	/** The states that it may have when all is over. */
	states: readonly string[];
}

/** What the world outside remembers. */
export interface Memory {
	arrivals: Arrival[];
	/** Webhooks whose signature was wrong. */
	forged: string[];
	told: Told[];
}

/** Everything in one schedule. */
export interface World extends Memory {
	random: Random;
	scheduler: Scheduler;
	store: Store;
	config: Config;
	merchant: Merchant;
	/** Now; it clears up in the end. */
	weather: Weather;
	/** Those that live; a dead one is replaced by another under a new name. */
	processes: AppProcess[];
	/** Workers with nothing to do. */
	resting: Set<Resting>;
	/** The make-believe acquirer's own context: no gates, and it never dies. */
	readonly acquirer: Context;
	/** What must not happen and did, told by whoever saw it. */
	defects: string[];
	/** Things that happened, and how often. */
	counts: Map<string, number>;
	/** Forms that were sent on, by their key: each only once. */
	forms: Set<string>;
	show: ((line: string) => void) | undefined;
}

export function count(world: World, what: string): void {
	world.counts.set(what, (world.counts.get(what) ?? 0) + 1);
}

/** True in so many of a thousand cases. */
export function permille(random: Random, share: number): boolean {
	return share > 0 && random.whole(1_000) < share;
}

/** Takes down that a form had its effect. */
export function countForm(world: World, key: string): void {
	if (world.forms.has(key)) world.defects.push(`a form had its effect twice: ${key}`);
	world.forms.add(key);
}
