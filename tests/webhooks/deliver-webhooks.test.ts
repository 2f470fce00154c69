import { Webhook } from 'standardwebhooks';
import { expect, it, onTestFinished } from 'vitest';
import type { Context } from '$lib/server/context';
import { deliverWebhooks } from '$lib/server/webhooks/deliver-webhooks';
import { allLanded, nextLanding, type Flights } from '$lib/server/webhooks/flights';
import { voices } from '$lib/server/worker/dialects';
import { describeOnEachEngine } from '../databases';
import { answerWith, openReceiver as open, type Answer } from './receiver';
import { addApplication, addDeposit, addPaidDeposit, deliveriesOf, happen, triesOf } from './scene';

const minute = 60_000;

async function openReceiver(answer?: Answer) {
	const receiver = await open(answer);
	onTestFinished(async () => void (await receiver.close()));
	return receiver;
}

/** Delivers until nothing is due, as a process of its own; returns how many tries that took. */
async function deliver(
	context: Context,
	limits: Parameters<typeof deliverWebhooks>[3] = {},
	speakers = voices
): Promise<number> {
	const flights: Flights = new Map();
	for (let total = 0; ;) {
		const begun = await deliverWebhooks(context, speakers, flights, limits);
		await allLanded(flights);
		if (begun === 0) return total;
		total += begun;
	}
}

describeOnEachEngine('webhooks reach their receiver', (openContext) => {
	it('once, with a body in the contract’s order and both signatures', async () => {
		const context = await openContext();
		// Whoever verifies looks at the real time.
		context.clock.advance(Date.now() - context.clock.now());
		const receiver = await openReceiver();
		const application = await addApplication(context, receiver.url);
		const transactionId = await addDeposit(context, application);
		await happen(context, application, transactionId, { kind: 'succeeded', reference: 'o-1' });

		expect(await deliver(context)).toBe(1);
		context.clock.advance(365 * 24 * 60 * minute);
		expect(await deliver(context)).toBe(0);

		const [message] = receiver.received;
		expect(receiver.received).toHaveLength(1);
		const text = message?.body.toString();
		expect(text).toBe(
			`{"transaction_id":"${transactionId}","user_id":"123","tracking_id":"o-1",` +
				'"status":"successful","currency":"EUR","amount":"200.00","transaction_type":"deposit"}'
		);
		expect(message?.headers['content-type']).toBe('application/json');
		const { webhookSecret } = application.secrets;
		const headers = message?.headers as Record<string, string>;
		expect(new Webhook(webhookSecret).verify(text ?? '', headers)).toMatchObject({
			status: 'successful'
		});
		expect(headers['x-signature']).toMatch(/^[0-9A-F]{40}$/);
		const [delivery] = await deliveriesOf(context, transactionId);
		expect(headers['webhook-id']).toBe(delivery?.id);
		expect(delivery).toMatchObject({ state: 'delivered', due_at: null, tries: 1 });
		expect(await triesOf(context, transactionId)).toMatchObject([
			{ number: 1, status: 200, problem: null }
		]);
	});

	it('at the session’s address before the application’s, and nowhere without one', async () => {
		const context = await openContext();
		const receiver = await openReceiver();
		const application = await addApplication(context, receiver.url);
		const webhookUrl = `${receiver.url}/of-session`;
		await addPaidDeposit(context, application, { webhookUrl });
		await deliver(context);
		expect(receiver.received.map(({ path }) => path)).toEqual(['/hook/of-session']);

		await setAddress(context, application.applicationId, null);
		const unheard = await addPaidDeposit(context, application);
		await deliver(context);
		expect(receiver.received).toHaveLength(1);
		expect(await deliveriesOf(context, unheard)).toMatchObject([
			{ state: 'silent', due_at: null, tries: 0 }
		]);
	});

	it('only for what a dialect has words for', async () => {
		const context = await openContext();
		const receiver = await openReceiver();
		const application = await addApplication(context, receiver.url);
		const transactionId = await addDeposit(context, application);
		const kinds = ['created', 'action_required', 'try_declined', 'canceled'] as const;
		for (const [version, kind] of kinds.entries()) {
			const state = kind === 'try_declined' ? 'created' : kind;
			await happen(context, application, transactionId, { kind, version, state });
		}
		const mute = { cashier: { ...voices.cashier, render: () => null } };
		await deliver(context, {}, mute);

		expect(receiver.received).toHaveLength(0);
		expect(await deliveriesOf(context, transactionId)).toMatchObject([
			{ event_version: 3, state: 'silent' }
		]);
	});

	it('in the order of events, yet a lost message holds up none after it', async () => {
		const context = await openContext();
		const receiver = await openReceiver((response, { body }) => {
			response.writeHead(body.includes('"pending"') ? 500 : 200).end();
		});
		const application = await addApplication(context, receiver.url);
		const transactionId = await addDeposit(context, application);
		await happen(context, application, transactionId, { kind: 'pending', version: 2 });
		await happen(context, application, transactionId, { kind: 'succeeded', version: 3 });

		expect(await deliverWebhooks(context, voices, new Map())).toBe(1);
		await expect.poll(() => triesOf(context, transactionId)).toHaveLength(1);
		await deliver(context);
		const words = receiver.received.map(({ body }) => JSON.parse(body.toString()).status);
		expect(words).toEqual(['pending', 'successful']);
		expect(await deliveriesOf(context, transactionId)).toMatchObject([
			{ state: 'waiting' },
			{ state: 'delivered' }
		]);
	});
});

describeOnEachEngine('a webhook that was not taken', (openContext) => {
	it('is tried again by the schedule with the same bytes, then given up', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(500));
		const application = await addApplication(context, receiver.url);
		const transactionId = await addPaidDeposit(context, application);
		const gaps: number[] = [];
		let last = context.clock.now();
		for (;;) {
			await deliver(context);
			const [delivery] = await deliveriesOf(context, transactionId);
			if (delivery?.due_at == null) break;
			expect(delivery.state).toBe('waiting');
			gaps.push(delivery.due_at - last);
			context.clock.advance(delivery.due_at - last - 1);
			expect(await deliver(context)).toBe(0);
			context.clock.advance(1);
			last = delivery.due_at;
		}

		const hour = 60 * minute;
		const contract = [5_000, minute, 5 * minute, 15 * minute];
		contract.push(...[1, 4, 10, 14, 20, 24].map((hours) => hours * hour));
		expect(gaps).toHaveLength(contract.length);
		for (const [index, gap] of gaps.entries()) {
			expect(gap / (contract[index] ?? NaN)).toBeGreaterThanOrEqual(0.8);
			expect(gap / (contract[index] ?? NaN)).toBeLessThanOrEqual(1.2);
		}
		expect(await deliveriesOf(context, transactionId)).toMatchObject([
			{ state: 'failed', tries: 11, delivered_at: null }
		]);
		expect(receiver.received).toHaveLength(11);
		const first = receiver.received[0];
		for (const { body, headers } of receiver.received) {
			expect(body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
			expect(headers['webhook-id']).toBe(first?.headers['webhook-id']);
		}
		const times = receiver.received.map(({ headers }) => headers['webhook-timestamp']);
		expect(new Set(times).size).toBe(11);
	});

	it('keeps its first rendering, and goes where the merchant’s address is by then', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(404));
		const application = await addApplication(context, receiver.url);
		const transactionId = await addPaidDeposit(context, application);
		await deliver(context);
		receiver.answer = answerWith(204);
		await setAddress(context, application.applicationId, `${receiver.url}/corrected`);
		context.clock.advance(minute);
		const other = { cashier: { ...voices.cashier, render: () => '{"other":1}' } };
		await deliver(context, {}, other);

		const [first, second] = receiver.received;
		expect(second?.path).toBe('/hook/corrected');
		expect(second?.body.toString()).toBe(first?.body.toString());
		expect(await deliveriesOf(context, transactionId)).toMatchObject([{ state: 'delivered' }]);
		expect(await triesOf(context, transactionId)).toMatchObject([
			{ number: 1, status: 404 },
			{ number: 2, status: 204 }
		]);
	});

	it('is not sent where a redirect points', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(307, { location: '/elsewhere' }));
		const transactionId = await addPaidDeposit(
			context,
			await addApplication(context, receiver.url)
		);
		await deliver(context);
		expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
		expect(await triesOf(context, transactionId)).toMatchObject([{ status: 307 }]);
		expect(await deliveriesOf(context, transactionId)).toMatchObject([{ state: 'waiting' }]);
	});

	it('is not sent to a private address, and tried again as any other', async () => {
		const context = await openContext();
		const application = await addApplication(context, 'https://10.0.0.1/hook');
		const transactionId = await addPaidDeposit(context, application);
		await deliver(context);
		expect(await triesOf(context, transactionId)).toMatchObject([
			{ status: null, problem: 'refused' }
		]);
		const [delivery] = await deliveriesOf(context, transactionId);
		expect(delivery?.state).toBe('waiting');
		expect((delivery?.due_at ?? 0) - context.clock.now()).toBeGreaterThanOrEqual(4_000);
	});

	it('counts a fault of ours as a try, and the others are delivered', async () => {
		const context = await openContext();
		const receiver = await openReceiver();
		const application = await addApplication(context, receiver.url);
		const faulty = await addPaidDeposit(context, application);
		const sound = await addPaidDeposit(context, application);
		const { cashier } = voices;
		const render: typeof cashier.render = (event) => {
			if (event.transactionId === faulty) throw new Error('cannot be said');
			return cashier.render(event);
		};
		await deliver(context, {}, { cashier: { ...cashier, render } });
		expect(await triesOf(context, faulty)).toMatchObject([{ status: null, problem: 'internal' }]);
		expect(await deliveriesOf(context, faulty)).toMatchObject([{ state: 'waiting', tries: 1 }]);
		expect(await deliveriesOf(context, sound)).toMatchObject([{ state: 'delivered' }]);
	});
});

describeOnEachEngine('a receiver that misbehaves', (openContext) => {
	it('has the time it has, and holds up neither others nor more than its share', async () => {
		const context = await openContext();
		const hanging = await openReceiver(() => undefined);
		const prompt = await openReceiver();
		const slow = await addApplication(context, hanging.url);
		const ids: string[] = [];
		for (let made = 0; made < 5; made++) ids.push(await addPaidDeposit(context, slow));
		context.clock.advance(1);
		const quick = await addPaidDeposit(context, await addApplication(context, prompt.url));

		const flights: Flights = new Map();
		expect(await deliverWebhooks(context, voices, flights, { timeoutMs: 1_500 })).toBe(4);
		await nextLanding(flights);
		expect(await deliveriesOf(context, quick)).toMatchObject([{ state: 'delivered' }]);
		expect(flights.size).toBe(3);
		expect(await deliverWebhooks(context, voices, flights)).toBe(0);
		await allLanded(flights);
		expect(hanging.received).toHaveLength(3);
		expect(await triesOf(context, ids[0] ?? '')).toMatchObject([
			{ status: null, problem: 'timeout' }
		]);
	});

	it('is not read without end', async () => {
		const context = await openContext();
		let sent = 0;
		const closed = Promise.withResolvers<void>();
		const receiver = await openReceiver((response) => {
			response.writeHead(200);
			const pour = () => {
				while (!response.destroyed && response.write(Buffer.alloc(1_024))) sent++;
			};
			response.on('drain', pour).on('close', closed.resolve);
			pour();
		});
		const application = await addApplication(context, receiver.url);
		const transactionId = await addPaidDeposit(context, application);
		await deliver(context);
		await closed.promise;
		expect(sent).toBeGreaterThan(0);
		expect(await deliveriesOf(context, transactionId)).toMatchObject([{ state: 'delivered' }]);
	});
});

describeOnEachEngine('workers that share deliveries', (openContext) => {
	it('never take the same one', async () => {
		const context = await openContext();
		const receiver = await openReceiver();
		for (let made = 0; made < 4; made++) {
			const application = await addApplication(context, receiver.url);
			for (let paid = 0; paid < 5; paid++) await addPaidDeposit(context, application);
		}
		const tries = await Promise.all([deliver(context), deliver(context), deliver(context)]);
		while ((await deliver(context)) > 0);
		expect(tries.reduce((sum, made) => sum + made)).toBeLessThanOrEqual(20);
		const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
		expect(ids).toHaveLength(20);
		expect(new Set(ids).size).toBe(20);
	});

	it('take over from one that died after the call, with the same message', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(500));
		const transactionId = await addPaidDeposit(
			context,
			await addApplication(context, receiver.url)
		);
		const called = Promise.withResolvers<void>();
		const revived = Promise.withResolvers<void>();
		const dying: Context = {
			...context,
			async fetch(...request) {
				const response = await context.fetch(...request);
				called.resolve();
				await revived.promise;
				return response;
			}
		};
		const flights: Flights = new Map();
		await deliverWebhooks(dying, voices, flights);
		await called.promise;
		expect(await deliver(context)).toBe(0);

		receiver.answer = answerWith(200);
		context.clock.advance(61_000);
		expect(await deliver(context)).toBe(1);
		const [first, second] = receiver.received;
		expect(second?.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
		expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);

		// The first comes back after all: what it met is no longer the truth.
		revived.resolve();
		await allLanded(flights);
		expect(await deliveriesOf(context, transactionId)).toMatchObject([
			{ state: 'delivered', tries: 1 }
		]);
		expect(await triesOf(context, transactionId)).toMatchObject([{ number: 1, status: 200 }]);
	});
});

async function setAddress(context: Context, applicationId: string, url: string | null) {
	await context.db.inTransaction((tx) =>
		tx
			.updateTable('application_modes')
			.set({ webhook_url: url })
			.where('application_id', '=', applicationId)
			.execute()
	);
}
