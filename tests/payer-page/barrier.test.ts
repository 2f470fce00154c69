import { beforeEach, describe, expect, test } from 'vitest';
import { OutgoingError } from '../../src/lib/server/outgoing/outgoing-error';
import { barrierAt } from '../../src/lib/server/payer-page/barrier';
import { versionOf } from '../../src/lib/server/payer-page/version-of';
import type { Order } from '../../src/lib/server/sessions/open-session';
import { deliverWebhooks } from '../../src/lib/server/webhooks/deliver-webhooks';
import { allLanded, type Flights } from '../../src/lib/server/webhooks/flights';
import { voices } from '../../src/lib/server/worker/dialects';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { visit, type Visit } from './payer-visit';
import { someOrder } from './some-order';

describe('the way back opens', () => {
	const end = 1_000_000;
	const standing = {
		step: 'succeeded',
		isAwaited: true,
		isOneShot: false,
		ending: { at: end, isHeard: false },
		expiresAt: end + 60_000,
		changedAt: end
	} as const;
	const heard = { ...standing, ending: { at: end, isHeard: true } };
	const unwritten = { ...standing, step: 'expired', ending: null, expiresAt: end } as const;

	test.each([
		['at once when the merchant has heard', heard, 0, null, 5000],
		['and what was read meanwhile counts', heard, 1800, null, 3200],
		['but it is seen for a moment', heard, 4900, null, 2000],
		['who comes back later has all the time to read', heard, 10_000, null, 5000],
		['not before the merchant has heard', standing, 0, 5000, 5000],
		['not until the last millisecond', standing, 4999, 1, 5000],
		['but 5 s after the end in any case', standing, 5000, null, 2000],
		['5 s after the end of a session that nobody wrote down', unwritten, 4999, 1, 5000],
		['whoever writes it down, or not', unwritten, 5000, null, 2000],
		[
			'5 s after a try that outlived its session',
			{ ...unwritten, changedAt: end + 9 },
			5000,
			9,
			5000
		],
		['at once where nobody is awaited', { ...standing, isAwaited: false }, 0, null, 5000],
		['at once where the merchant made the try', { ...standing, isOneShot: true }, 0, null, 0],
		['always before there is an end', { ...standing, step: 'waiting', ending: null }, 0, null, 5000]
	] as const)('%s', (_, facts, afterMs, opensInMs, leaveAfterMs) => {
		expect(barrierAt(facts, end + afterMs)).toEqual({ opensInMs, leaveAfterMs });
	});
});

const order: Order = {
	...someOrder,
	methods: ['card'],
	webhookUrl: 'https://shop.example/webhook'
};
const APPROVED = '4242 4242 4242 4242';
/** How often page and worker look, on the virtual clock. */
const LOOK_MS = 500;

/** What the merchant's server does with a webhook: its status after a while; null: it is down. */
type Receiver = { status: number; takesMs: number } | null;

describeOnEachEngine('the merchant hears before the payer is back', (open) => {
	let shop: Shop;
	let receiver: Receiver = null;
	let flights: Flights;
	/** The webhooks on their way to an answer, and those answered with 2xx, by their bodies. */
	let due: { at: number; answer(): void }[];
	let answered: string[];

	beforeEach(async () => {
		flights = new Map();
		due = [];
		answered = [];
		shop = await openShop((overrides = {}) =>
			open({
				...overrides,
				fetch: async (url, options) => {
					if (url !== order.webhookUrl) {
						if (!overrides.fetch) throw new Error('The shop has no network');
						return overrides.fetch(url, options);
					}
					if (!receiver) throw new OutgoingError('unreachable', 'nobody is there');
					const { status, takesMs } = receiver;
					const at = shop.context.clock.now() + takesMs;
					await new Promise<void>((resolve) => due.push({ at, answer: resolve }));
					if (status < 300) answered.push(String(options.body));
					return { status, headers: {}, body: '', truncated: false };
				}
			})
		);
	});

	/** A look later: answers that are due have arrived, and the worker has had its round. */
	async function pass(): Promise<void> {
		const { clock } = shop.context;
		clock.advance(LOOK_MS);
		const arriving = due.filter(({ at }) => at <= clock.now());
		due = due.filter((each) => !arriving.includes(each));
		const landings = arriving.length > 0 ? [...flights.values()].map((each) => each.landing) : [];
		for (const { answer } of arriving) answer();
		await Promise.all(landings);
		await deliverWebhooks(shop.context, voices, flights);
		// A body is on its way, or its fate is written, before the next look.
		const isFlying = () => due.length === 0 && flights.size > 0;
		await expect.poll(isFlying, { interval: 1 }).toBe(false);
	}

	async function isOffered(payer: Visit): Promise<boolean> {
		const view = await payer.view();
		if (view.step !== 'result') throw new Error(`No result: ${view.step}`);
		const { back, telling, outcome } = view.result;
		// At once it can be read how it ended.
		expect(outcome).toBe('succeeded');
		expect([back === null, view.facts.leaveFor === null]).toEqual(Array(2).fill(telling !== null));
		expect(view.refresh?.path === '').toBe(telling !== null);
		return back !== null;
	}

	/** Pays, and looks until there is a way back; how long after the end that was. */
	async function payAndLook(): Promise<{ offeredAfterMs: number; transactionId: string }> {
		const payer = await visit(shop, order, { isAwaited: true });
		await payer.pay(APPROVED);
		const endedAt = shop.context.clock.now();
		while (!(await isOffered(payer))) await pass();
		const { payment } = await payer.scene();
		const offeredAfterMs = shop.context.clock.now() - endedAt;
		return { offeredAfterMs, transactionId: payment.transactionId };
	}

	test('100 of 100 times, with a receiver that takes up to 2 s', { timeout: 60_000 }, async () => {
		const times: number[] = [];
		for (let payment = 0; payment < 100; payment++) {
			receiver = { status: 200, takesMs: (payment * 20) % 2001 };
			const { offeredAfterMs, transactionId } = await payAndLook();
			expect(answered.filter((body) => body.includes(transactionId))).toHaveLength(1);
			times.push(offeredAfterMs);
		}
		expect(Math.min(...times)).toBeGreaterThan(0);
		expect(Math.max(...times)).toBeLessThanOrEqual(2000 + 2 * LOOK_MS);
	});

	test.each([
		['is down', null],
		['refuses', { status: 500, takesMs: 100 }],
		['never answers', { status: 200, takesMs: Infinity }]
	])('a receiver that %s: the way back opens 5 s after the end', async (_, state: Receiver) => {
		receiver = state;
		const { offeredAfterMs } = await payAndLook();
		expect(offeredAfterMs).toBe(5000);
		expect(answered).toEqual([]);
	});

	test('a merchant without a server for webhooks keeps nobody beyond a round of the worker', async () => {
		const quiet = await openShop(open);
		const { db } = quiet.context;
		await db.inTransaction((tx) =>
			tx.updateTable('application_modes').set({ webhook_url: null }).execute()
		);
		const payer = await visit(quiet, { ...order, webhookUrl: null }, { isAwaited: true });
		await payer.pay(APPROVED);
		expect(await isOffered(payer)).toBe(false);
		await deliverWebhooks(quiet.context, voices, flights);
		await allLanded(flights);
		expect(await isOffered(payer)).toBe(true);
	});

	test('the page around hears of the end when the server has, and the page looks anew', async () => {
		receiver = { status: 204, takesMs: 300 };
		const payer = await visit(shop, order, { isAwaited: true });
		await payer.pay(APPROVED);
		const held = await payer.view();
		expect(held.facts).toMatchObject({
			opensInMs: 5000,
			events: ['ready', 'pending'],
			detail: { status: 'pending' },
			leaveFor: null
		});
		expect(held.refresh).toEqual({ seconds: 1, path: '' });
		await pass();
		await pass();
		const open = await payer.view();
		expect(open.facts.version).not.toBe(held.facts.version);
		expect(versionOf(await payer.scene())).toBe(open.facts.version);
		expect(open.facts).toMatchObject({
			opensInMs: null,
			events: ['ready', 'success'],
			detail: { status: 'successful' },
			leaveAfterMs: 4000
		});
		expect(open.refresh).toMatchObject({ seconds: 4, path: open.facts.leaveFor });
	});

	test('an end by time alone is held for 5 s at most, whoever writes it down', async () => {
		receiver = null;
		const payer = await visit(shop, { ...order, expiresIn: 60 }, { isAwaited: true });
		shop.context.clock.advance(60_000);
		expect(await payer.view()).toMatchObject({ result: { outcome: 'expired', back: null } });
		shop.context.clock.advance(5000);
		expect(await payer.view()).toMatchObject({ result: { outcome: 'expired', back: {} } });
	});
});
