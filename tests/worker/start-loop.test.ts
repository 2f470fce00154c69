import { describe, expect, it, onTestFinished } from 'vitest';
import type { Context } from '$lib/server/context';
import { startLoop, type Job } from '$lib/server/worker/start-loop';

/** The shortest pause of an idle loop, in milliseconds. */
const shortestPauseMs = 250;

interface Line {
	message: string;
	fields: Record<string, unknown> | undefined;
}

/** A loop whose rounds follow `script`, after which it is idle. */
function scene(script: (() => Promise<number>)[], job: Partial<Job> = {}) {
	const lines: Line[] = [];
	const starts: number[] = [];
	const ended = Promise.withResolvers<unknown>();
	const context = {
		random: { bytes: (count: number) => Buffer.alloc(count) },
		log: { error: (message: string, fields?: Line['fields']) => lines.push({ message, fields }) }
	} as unknown as Context;
	const loop = startLoop(context, {
		name: 'test',
		async round() {
			starts.push(performance.now());
			const step = script.shift();
			if (!step) ended.resolve(true);
			return step ? step() : 0;
		},
		...job
	});
	onTestFinished(() => loop.stop());
	return { loop, lines, starts, idle: ended.promise };
}

function spread(starts: number[]): number {
	return (starts.at(-1) ?? 0) - (starts[0] ?? 0);
}

describe('a loop of the worker', () => {
	it('runs again at once while there is work', async () => {
		const busy = async () => 1;
		const { starts, idle } = scene([busy, busy, busy, busy]);
		await idle;
		expect(starts).toHaveLength(5);
		expect(spread(starts)).toBeLessThan(shortestPauseMs);
	});

	it('waits when there is none', async () => {
		const { starts, idle } = scene([async () => 0]);
		await idle;
		expect(spread(starts)).toBeGreaterThanOrEqual(shortestPauseMs - 2);
	});

	it('ends its pause early when it is woken', async () => {
		const wake = () => new Promise<void>((resolve) => setImmediate(resolve));
		const { starts, idle } = scene([async () => 0], { wake });
		await idle;
		expect(spread(starts)).toBeLessThan(shortestPauseMs);
	});

	it('logs a failure and goes on, with growing gaps', async () => {
		const fail = async () => {
			throw new Error('no luck with 4242 4242 4242 4242');
		};
		const { starts, lines, idle } = scene([fail, fail]);
		await idle;
		const [first = 0, second = 0, third = 0] = starts;
		expect(second - first).toBeGreaterThanOrEqual(498);
		expect(third - second).toBeGreaterThanOrEqual(998);
		expect(lines.map(({ fields }) => fields?.failures)).toEqual([1, 2]);
		expect(JSON.stringify(lines)).toContain('no luck');
		expect(JSON.stringify(lines)).not.toContain('4242');
	});

	it('stops after the running round and begins no other', async () => {
		const begun = Promise.withResolvers<unknown>();
		const finish = Promise.withResolvers<number>();
		const { loop, starts } = scene([
			() => {
				begun.resolve(true);
				return finish.promise;
			}
		]);
		await begun.promise;
		let isStopped = false;
		const stopped = loop.stop().then(() => (isStopped = true));
		await new Promise((resolve) => setImmediate(resolve));
		expect(isStopped).toBe(false);
		finish.resolve(1);
		await stopped;
		expect(starts).toHaveLength(1);
	});
});
