import type { ChildProcess } from 'node:child_process';
import { startNodeWithChannel, stop } from './processes.ts';
import type { Load, Outcome } from './load.ts';

/** Two servers under the same load, and how the first does beside the second. */
export interface Comparison {
	app: number;
	bare: number;
	/** The median over the rounds of what the app did to what the bare server did. */
	ratio: number;
}

export interface Length {
	rounds: number;
	/** Milliseconds that one server is measured at a time. */
	ms: number;
	/** Milliseconds of the same before anything counts. */
	warmUpMs: number;
}

type Shared = Omit<Load, 'port' | 'rate' | 'connections' | 'ms'>;

/** The two servers and what is asked of them. */
export interface Pair {
	appPort: number;
	barePort: number;
	load: Shared;
}

/** Runs `use` with a load generator that ends afterwards. */
export async function withGenerator<T>(use: (generator: ChildProcess) => Promise<T>): Promise<T> {
	const generator = startNodeWithChannel('bench/load.ts');
	try {
		return await use(generator);
	} finally {
		await stop(generator);
	}
}

function measure(generator: ChildProcess, load: Load): Promise<Outcome> {
	return new Promise((resolve, reject) => {
		const ended = () => reject(new Error('The load generator ended'));
		generator.once('exit', ended);
		generator.once('message', (outcome: Outcome) => {
			generator.off('exit', ended);
			if (outcome.refusal === undefined) resolve(outcome);
			else reject(new Error(`A ${load.target} request was refused: ${outcome.refusal}`));
		});
		generator.send(load);
	});
}

/**
 * Answers a second with every connection busy, app and bare server by turns. `settle` is waited for
 * after each turn of the app, so that what it still does then does not meet the bare server.
 */
export async function compareThroughput(
	generator: ChildProcess,
	{ appPort, barePort, load }: Pair,
	connections: number,
	{ rounds, ms }: Pick<Length, 'rounds' | 'ms'>,
	settle: () => Promise<void> = async () => undefined
): Promise<Comparison> {
	const one = async (port: number) => {
		const outcome = await measure(generator, { ...load, port, connections, ms, rate: 0 });
		if (port === appPort) await settle();
		return outcome.perSecond;
	};
	return byTurns(
		rounds,
		() => one(appPort),
		() => one(barePort)
	);
}

/**
 * The 99th percentile in milliseconds while each server gets half of what it can do: what a payer
 * feels on a busy day, not on one on which the server is drowning.
 */
export async function compareDelay(
	generator: ChildProcess,
	{ appPort, barePort, load }: Pair,
	saturated: Comparison,
	{ rounds, ms }: Length
): Promise<Comparison> {
	const one = async (port: number, perSecond: number) => {
		const rate = perSecond / 2;
		const outcome = await measure(generator, { ...load, port, connections: 64, ms, rate });
		return outcome.p99Ms;
	};
	return byTurns(
		rounds,
		() => one(appPort, saturated.app),
		() => one(barePort, saturated.bare)
	);
}

/** A-B, B-A, A-B …: what else the machine does meets both alike. */
export async function byTurns(
	rounds: number,
	app: () => Promise<number>,
	bare: () => Promise<number>
): Promise<Comparison> {
	const seen: Comparison[] = [];
	for (let round = 0; round < rounds; round++) {
		const pair = { app: NaN, bare: NaN };
		if (round % 2 === 0) pair.app = await app();
		pair.bare = await bare();
		if (round % 2 === 1) pair.app = await app();
		seen.push({ ...pair, ratio: pair.app / pair.bare });
	}
	const middle = (name: keyof Comparison) => median(seen.map((pair) => pair[name]));
	return { app: middle('app'), bare: middle('bare'), ratio: middle('ratio') };
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = Math.floor(sorted.length / 2);
	const upper = sorted[half] ?? NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? NaN)) / 2;
}
