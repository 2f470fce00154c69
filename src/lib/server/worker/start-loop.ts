import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '$lib/server/context';
import { describeError } from '$lib/server/log/describe-error';

/** One kind of work that is looked for again and again. */
export interface Job {
	name: string;
	/** Does what is due now and resolves with how much that was. */
	round(): Promise<number>;
	/** Resolves when a pause should end early because there may be room or work again. */
	wake?(): Promise<void>;
}

interface Loop {
	/** Begins no more rounds; resolves once the running one is over. */
	stop(): Promise<void>;
}

/** Milliseconds between rounds that found nothing. */
const IDLE_MS = 500;
/** Milliseconds after a first failure; each further one in a row doubles it, up to the bound. */
const FAILURE_MS = 1_000;
const LONGEST_FAILURE_MS = 60_000;

/**
 * Runs a job's rounds for as long as the process lives: at once again after one that had work,
 * after a pause otherwise. A failure is logged and the loop goes on, with growing gaps.
 */
export function startLoop(context: Context, job: Job): Loop {
	const stopping = new AbortController();
	const ended = runRounds(context, job, stopping.signal);
	return {
		async stop() {
			stopping.abort();
			await ended;
		}
	};
}

async function runRounds(context: Context, job: Job, stopping: AbortSignal): Promise<void> {
	let failures = 0;
	while (!stopping.aborted) {
		try {
			const done = await job.round();
			failures = 0;
			if (done === 0) await pause(context, IDLE_MS, stopping, job.wake?.());
			// Rounds that never wait for the outside would keep the rest of the process from its turn.
			else await new Promise((resolve) => setImmediate(resolve));
		} catch (error) {
			failures++;
			const fields = { job: job.name, failures, error: describeError(error) };
			context.log.error('A round of the worker failed', fields);
			const gapMs = Math.min(FAILURE_MS * 2 ** (failures - 1), LONGEST_FAILURE_MS);
			await pause(context, gapMs, stopping);
		}
	}
}

/** Waits between half and one and a half times `ms`, so that processes do not look in step. */
async function pause(
	{ random }: Context,
	ms: number,
	stopping: AbortSignal,
	wake?: Promise<void>
): Promise<void> {
	const jitteredMs = Math.round(ms * (0.5 + random.bytes(2).readUInt16BE() / 2 ** 16));
	const over = new AbortController();
	const signal = AbortSignal.any([stopping, over.signal]);
	const timer = sleep(jitteredMs, undefined, { ref: false, signal }).catch(() => undefined);
	await Promise.race([timer, ...(wake ? [wake] : [])]);
	over.abort();
}
