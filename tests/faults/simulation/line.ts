import type { GuardedFetch } from '../../../src/lib/server/outgoing/guarded-fetch.ts';
import { OutgoingError } from '../../../src/lib/server/outgoing/outgoing-error.ts';
import { destinationOf, type Answer, type Destination } from './destinations.ts';
import { stallMs } from './process.ts';
import type { Owner } from './scheduler.ts';
import { Broken } from './thrown.ts';
import { count, permille, type World } from './world.ts';

/** A connection that broke before the answer was whole. */
const broken: Answer = { status: 0, headers: {}, body: '', truncated: true };

/**
 * A way out for one sender. Requests live on the line by themselves: they arrive although their
 * sender died, late, twice or never, and so do answers. `gate` is passed before one is sent and
 * once there is an answer.
 */
export function createLine(
	world: World,
	owner: Owner | null,
	gate: (what: string) => Promise<void>
): GuardedFetch {
	return async (url, request) => {
		const destination = destinationOf(world, url, request);
		const { name } = destination;
		await gate(`fetch ${name}`);
		if (permille(world.random, world.weather.refused)) {
			count(world, `${name}: refused`);
			await gate(`refusal of ${name}`);
			throw new OutgoingError('unreachable', 'nobody listens there');
		}
		const answer = await send(world, owner, destination, request.timeoutMs);
		await gate(`answer of ${name}`);
		if (answer === 'timeout') throw new OutgoingError('timeout', 'no answer in time');
		if (answer === broken) throw new OutgoingError('connection', 'the line broke');
		return answer;
	};
}

/** Puts a request on the line, once or twice, and waits for the first answer. */
function send(
	world: World,
	owner: Owner | null,
	destination: Destination,
	timeoutMs: number
): Promise<Answer | 'timeout'> {
	const { scheduler, random, weather } = world;
	const { name } = destination;
	return new Promise((resolve) => {
		const alarm = scheduler.after(timeoutMs, `time-out of ${name}`, owner, () => {
			count(world, `${name}: time-out`);
			resolve('timeout');
		});
		void carry(world, destination, (heard) => {
			alarm.cancel();
			resolve(heard);
		});
		if (!permille(random, weather.twice)) return;
		count(world, `${name}: twice`);
		void carry(world, destination, () => undefined);
	});
}

/** Takes a request there and its answer back, if the line lets it. Never throws. */
async function carry(
	world: World,
	{ name, deliver }: Destination,
	hear: (answer: Answer) => void
): Promise<void> {
	const { random } = world;
	await travel(world, name);
	if (permille(random, world.weather.requestLost)) return count(world, `${name}: request lost`);
	const answer = await deliver().catch((error: unknown) => {
		if (!(error instanceof Broken)) world.defects.push(`${name} failed: ${String(error)}`);
		return broken;
	});
	if (answer === 'hang') return;
	await travel(world, `answer of ${name}`);
	if (permille(random, world.weather.replyLost)) return count(world, `${name}: reply lost`);
	if (!permille(random, world.weather.garbled)) return hear(answer);
	count(world, `${name}: garbled`);
	hear(
		random.pick([
			[1, { ...answer, body: answer.body.slice(0, answer.body.length / 2) }],
			[1, { ...answer, status: 502, body: '<html>Bad gateway' }],
			[1, broken]
		])
	);
}

async function travel(world: World, name: string): Promise<void> {
	const { scheduler, random, weather } = world;
	if (!permille(random, weather.lineSlow)) return scheduler.pass(name);
	count(world, `${name}: late`);
	return scheduler.sleep(stallMs(random), name);
}
