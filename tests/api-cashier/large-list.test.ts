import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from '../app';
import { findForm, submit, visit } from '../faults/payer';
import { fillTransactions, onDatabase } from '../fill-transactions';
import { peakMemory } from '../peak-memory';
import { askForList, readItems, type Days } from './read-list';

const MANY = 100_000;
const FEW = 10;
/** MiB that the long list may take more than the short one. */
const MOST_MORE = 32;

// On a machine that does much else, too.
vi.setConfig({ testTimeout: 120_000 });

const DAY_MS = 86_400_000;
const manyDays: Days = { from: -1, to: 0 };
const fewDays: Days = { from: -5, to: -5 };

/** Connections to PostgreSQL, which come and go. */
const POOL = 20;

/** For what a busy machine may take its time with. */
const patience = { timeout: 20_000, interval: 50 };

/** Rounds that bring the process to where it stays: the code compiled, the heap grown. */
const WARM_UP = 300;

describe.each(['sqlite', 'postgres'] as const)('a list of 100,000 on %s', (engine) => {
	let app: App;
	/** Oldest first; the last is the one that the others were copied from. */
	let ids: string[];
	/** MiB while the short list was sent. */
	let peakOfFew: number;

	beforeAll(async () => {
		app = await startApp({ engine, env: { CASHDESK_CALLS_PER_MINUTE: '999999999' } });
		const like = await pay(app);
		const now = Date.now();
		const few = { like, count: FEW, from: now - 5 * DAY_MS, until: now - 5 * DAY_MS + 5 };
		await fillTransactions(app.place, few);
		const many = { like, count: MANY, from: now - 90_000, until: now - 30_000 };
		ids = [...(await fillTransactions(app.place, many)), like];
		for (let round = 0; round < WARM_UP; round++) await readWhole(app, fewDays);
		peakOfFew = await peakMemory(app.pid, () => readWhole(app, fewDays));
	}, 120_000);
	afterAll(() => app?.stop());

	test('has each once, newest first, in little memory', async () => {
		const seen: string[] = [];
		let answer: IncomingMessage | undefined;
		const peak = await peakMemory(app.pid, async () => {
			answer = await askForList(app, manyDays);
			for await (const { transaction_id, gateway_transaction_id, status } of readItems(answer)) {
				if (!gateway_transaction_id || status !== 'successful') throw new Error('No attempt');
				seen.push(transaction_id);
			}
		});
		expect(answer?.headers['content-type']).toBe('application/json');
		expect(seen).toHaveLength(MANY + 1);
		// Not one expectation with both: it would print them.
		expect(seen.findIndex((id, index) => id !== ids[MANY - index])).toBe(-1);
		expect(peak - peakOfFew).toBeLessThan(MOST_MORE);
	});

	test('leaves room for a payment while it is sent at full speed', async () => {
		const answer = await askForList(app, manyDays);
		let count = 0;
		const reading = (async () => {
			for await (const item of readItems(answer)) if (item) count++;
		})();
		await pay(app);
		expect(count).toBeLessThan(MANY);
		await reading;
		expect(count).toBeGreaterThan(MANY);
	});

	test('waits for a slow client, who keeps nobody from paying and holds no lock', async () => {
		const payers = 10;
		const peakOfPaying = await peakMemory(app.pid, async () => {
			for (let payer = 0; payer < payers; payer++) await pay(app);
		});
		let answer: IncomingMessage | undefined;
		const paid: string[] = [];
		const peak = await peakMemory(app.pid, async () => {
			answer = await askForList(app, manyDays);
			await once(answer, 'readable');
			while (paid.length < payers) paid.push(await pay(app));
		});
		expect(peak - peakOfPaying).toBeLessThan(MOST_MORE);
		await expect.poll(() => isLocked(app), patience).toBe(false);
		const items: string[] = [];
		for await (const { transaction_id } of readItems(answer as IncomingMessage)) {
			items.push(transaction_id);
		}
		// What was paid before the list was asked for is in it, what was paid since is not.
		expect(items.slice(-MANY - 1).findIndex((id, at) => id !== ids[MANY - at])).toBe(-1);
		expect(items.filter((id) => paid.includes(id))).toEqual([]);
	});

	test('is dropped when its client goes away', async () => {
		const drop = async (rounds: number) => {
			for (let round = 0; round < rounds; round++) {
				const answer = await askForList(app, manyDays);
				await once(answer, 'readable');
				answer.destroy();
			}
		};
		const socketsBefore = await countSockets(app);
		const peakOfSome = await peakMemory(app.pid, () => drop(100));
		const peak = await peakMemory(app.pid, () => drop(300));
		expect(peak - peakOfSome).toBeLessThan(MOST_MORE);
		await expect.poll(() => countSockets(app)).toBeLessThan(socketsBefore + POOL);
	});

	test('breaks off, and is written about, when the database fails in the middle', async () => {
		const answer = await askForList(app, manyDays);
		await once(answer, 'readable');
		await onDatabase(app.place, (query) => query('alter table attempts rename to attempts_gone'));
		const reading = (async () => {
			for await (const item of readItems(answer)) expect(item.status).toBe('successful');
		})();
		await expect(reading).rejects.toThrow(/aborted/);
		await onDatabase(app.place, (query) => query('alter table attempts_gone rename to attempts'));
		expect(app.logs()).toMatch(/a list broke off/);
		await pay(app);
	});
});

async function readWhole(app: App, days: Days): Promise<void> {
	let count = 0;
	for await (const item of readItems(await askForList(app, days))) if (item) count++;
	expect(count).toBe(FEW);
}

/** Opens a session and pays it by card, as a payer without script does; the transaction's id. */
async function pay({ origin, demo, place }: App): Promise<string> {
	const reference = crypto.randomUUID();
	const headers = { 'x-api-key': demo.cashier.api_key };
	const opened = await fetch(`${origin}/api/v1/cashier`, {
		method: 'POST',
		headers: { ...headers, 'content-type': 'application/json' },
		body: JSON.stringify({
			request: {
				mode: 'test',
				user_id: '128',
				tracking_id: reference,
				amount: '10.05',
				currency: 'EUR',
				amount_restricted: true,
				settings: { methods: ['card'] }
			}
		})
	});
	const { token } = (await opened.json()) as { token: string };
	const page = await visit(`${origin}/pay/${token}`);
	const form = findForm(page, { id: 'card-form' });
	if (!form) throw new Error(`The page shows no card form: ${page.status}`);
	const card = { number: '4242424242424242', expiry: '12/34', code: '123', name: 'A. Payer' };
	await submit(page, form, card);
	await vi.waitFor(async () => {
		const asked = await fetch(`${origin}/api/v1/transaction/status?id=${reference}`, { headers });
		expect(await asked.json()).toEqual({ transaction_status: 'successful' });
	}, patience);
	return onDatabase(place, async (query) => {
		const [row] = await query(`select id from transactions where reference = '${reference}'`);
		return row?.id as string;
	});
}

/** Whether somebody keeps a writer from all of the tables, or the log of SQLite from being emptied. */
function isLocked({ place }: App): Promise<boolean> {
	return onDatabase(place, async (query) => {
		if (place.engine === 'sqlite') {
			const [checkpoint] = await query('pragma wal_checkpoint(truncate)');
			return checkpoint?.busy !== 0;
		}
		await query('begin');
		const lock = query('lock table transactions, attempts in access exclusive mode nowait');
		return lock.then(
			() => false,
			() => true
		);
	});
}

async function countSockets({ origin }: App): Promise<number> {
	const metrics = await (await fetch(`${origin}/metrics`)).text();
	return Number(/nodejs_active_resources\{type="TCPSocketWrap"\} (\d+)/.exec(metrics)?.[1] ?? 0);
}
