import { setTimeout as pause } from 'node:timers/promises';
import { removePlace, startApp, type App, type AppEngine } from '../app.ts';
import { countOpen, findFaults, readBooks, type Books } from './compare.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { createRandom } from './random.ts';
import { openReceiver } from './receiver.ts';
import { livePayer, type Town } from './traffic.ts';

export interface FaultPlan {
	engine: AppEngine;
	/** How often the process is killed. */
	kills: number;
	seed: number;
	/** How many pay at the same time. */
	payers: number;
	/**
	 * Whether what a killed process had claimed is free as soon as it is dead, as it would be after
	 * its lease, a minute later.
	 */
	lapseLeases: boolean;
}

export interface FaultReport {
	plan: FaultPlan;
	books: Books;
	faults: string[];
	/** How many webhooks came, those that came again included. */
	arrivals: number;
	tookMs: number;
}

/** The limits of use are not what this is about. */
const env = {
	CASHDESK_CALLS_PER_MINUTE: '999999999',
	CASHDESK_FORMS_PER_MINUTE: '999999999',
	CASHDESK_LOG_LEVEL: 'error'
};

/** After the last kill: a lease of a minute, a retry, and time for a slow machine. */
const END_LIMIT_MS = 150_000;

/**
 * Kills the app with SIGKILL in the middle of payments and webhooks, again and again on the same
 * data; then lets it finish and compares its books with those of the acquirer, of the payers and of
 * the merchant's server.
 */
export async function runFaults(plan: FaultPlan): Promise<FaultReport> {
	const startedAt = performance.now();
	const { engine, kills, payers } = plan;
	const random = createRandom(plan.seed);
	let app = await startApp({ engine, env });
	const place = app.place;
	const receiver = await openReceiver(app.demo.cashier, random.fork());
	const ledger = await openLedger(place);
	const traffic = openTown(app, receiver.url);
	const living = Array.from({ length: payers }, (_, index) =>
		livePayer(traffic.town, random.fork(), `payer-${index}`)
	);
	// A payer that fails for a reason of its own ends the run at once, not after the last kill.
	const failure = Promise.all(living).then(() => undefined);
	failure.catch(() => undefined);
	try {
		for (let kill = 1; kill <= kills; kill++) {
			await Promise.race([traffic.steps(10 + random.whole(8 * payers)), failure]);
			await pause(random.whole(40));
			traffic.down();
			await app.kill('SIGKILL');
			if (plan.lapseLeases) await lapseLeases(ledger);
			app = await startApp({ engine, env, at: place });
			traffic.up();
		}
		traffic.close();
		await failure;
		await untilSettled(ledger);
		const books = await readBooks(ledger);
		const faults = findFaults(books, receiver, traffic.town.memory);
		if (app.logs().includes('a request failed')) faults.push(`the log tells:\n${app.logs()}`);
		const tookMs = performance.now() - startedAt;
		return { plan, books, faults, arrivals: receiver.arrivals.length, tookMs };
	} finally {
		traffic.close();
		await app.kill('SIGTERM');
		await ledger.close();
		await receiver.close();
		await removePlace(place);
	}
}

/** The town together with the strings by which it is held. */
function openTown({ origin, demo }: App, webhookUrl: string) {
	let closing = false;
	let count = 0;
	let gate = Promise.withResolvers<true>();
	gate.resolve(true);
	let waiting: { until: number; resolve: () => void } | undefined;
	const town: Town = {
		origin,
		apiKey: demo.cashier.api_key,
		webhookUrl,
		untilUp: () => gate.promise,
		isClosing: () => closing,
		onStep() {
			count++;
			if (waiting && count >= waiting.until) waiting.resolve();
		},
		memory: new Map()
	};
	return {
		town,
		/** Resolves once so many more steps were begun. */
		steps: (more: number) =>
			new Promise<void>((resolve) => (waiting = { until: count + more, resolve })),
		down: () => void (gate = Promise.withResolvers()),
		up: () => gate.resolve(true),
		close() {
			closing = true;
			gate.resolve(true);
		}
	};
}

async function lapseLeases(ledger: Ledger): Promise<void> {
	for (const table of ['webhook_deliveries', 'simulator_messages']) {
		await ledger.change(`update ${table} set lease_until = 0 where lease_until > 0`);
	}
}

/** Waits for the worker to have asked about, and told, everything. */
async function untilSettled(ledger: Ledger): Promise<void> {
	const giveUpAt = performance.now() + END_LIMIT_MS;
	while ((await countOpen(ledger)) > 0) {
		// What is still open then is told one by one by the comparison.
		if (performance.now() > giveUpAt) return;
		await pause(200);
	}
}

/** A line for people. */
export function summarize({ plan, books, faults, arrivals, tookMs }: FaultReport): string {
	const paid = books.transactions.filter(({ state }) => state === 'succeeded').length;
	return [
		`${plan.engine}: ${plan.kills} kills (seed ${plan.seed})`,
		`${books.transactions.length} payments, ${books.attempts.length} attempts, ${paid} paid`,
		`${arrivals} webhooks`,
		`${faults.length} faults`,
		`${Math.round(tookMs / 1000)} s`
	].join(', ');
}
