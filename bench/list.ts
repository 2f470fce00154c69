import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { App } from '../tests/app.ts';
import { fillTransactions } from '../tests/fill-transactions.ts';
import { byTurns, median, type Comparison, type Length } from './rounds.ts';

const LISTED = 100_000;
const DAY_MS = 86_400_000;
/** Lists of which the first byte is timed in a turn. */
const BEGUN = 60;

/** How each server is asked for the same list. */
export interface Lists {
	appPath: string;
	barePath: string;
	apiKey: string;
}

/** Fills a day of the past with copies of a payment. */
export async function fillList({ place, demo }: App, like: string): Promise<Lists> {
	const from = Math.floor(Date.now() / DAY_MS - 5) * DAY_MS;
	const until = from + DAY_MS;
	await fillTransactions(place, { like, count: LISTED, from, until });
	const [year, month, date] = new Date(from).toISOString().slice(0, 10).split('-');
	const day = `${date}-${month}-${year}`;
	return {
		appPath: `/api/v1/transactions?from=${day}&to=${day}`,
		barePath: `/list?first=${idPrefix(from)}&before=${idPrefix(until)}`,
		apiKey: demo.cashier.api_key
	};
}

function idPrefix(moment: number): string {
	const hex = moment.toString(16).padStart(12, '0');
	return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

interface ListPair extends Lists {
	appPort: number;
	barePort: number;
}

/** Milliseconds until the first byte of the list's answer, and until the last. */
export async function measureList(
	{ appPort, barePort, appPath, barePath, apiKey }: ListPair,
	{ rounds }: Length
): Promise<{ what: string; seen: Comparison }[]> {
	const app = { port: appPort, path: appPath, apiKey };
	const bare = { port: barePort, path: barePath, apiKey };
	const compare = (time: (asked: Asked) => Promise<number>) =>
		byTurns(
			rounds,
			() => time(app),
			() => time(bare)
		);
	await timeWhole(app);
	await timeWhole(bare);
	const name = 'list of 100,000';
	return [
		{ what: `${name}, time to first byte in ms`, seen: await compare(timeFirstByte) },
		{ what: `${name}, time to last byte in ms`, seen: await compare(timeWhole) }
	];
}

interface Asked {
	port: number;
	path: string;
	apiKey: string;
}

/** The median over some lists that are begun and left. */
async function timeFirstByte(asked: Asked): Promise<number> {
	const times: number[] = [];
	while (times.length < BEGUN) {
		const startedAt = performance.now();
		const answer = await ask(asked);
		await once(answer, 'readable');
		times.push(performance.now() - startedAt);
		answer.destroy();
	}
	return median(times);
}

async function timeWhole(asked: Asked): Promise<number> {
	const startedAt = performance.now();
	const answer = await ask(asked);
	let ids = 0;
	for await (const chunk of answer) ids += (chunk as Buffer).toString().split('},{').length - 1;
	// An item may be cut where it is counted, which is rare.
	if (ids < LISTED * 0.99) throw new Error(`A list of ${ids}`);
	return performance.now() - startedAt;
}

function ask({ port, path, apiKey }: Asked): Promise<IncomingMessage> {
	const headers = { 'x-api-key': apiKey, 'accept-encoding': 'gzip, deflate, br' };
	const options = { port, path, headers, host: '127.0.0.1', agent: false } as const;
	return new Promise((resolve, reject) => {
		request(options, (answer) => {
			if (answer.statusCode === 200) resolve(answer);
			else reject(new Error(`The list was refused: ${answer.statusCode}`));
		})
			.on('error', reject)
			.end();
	});
}
