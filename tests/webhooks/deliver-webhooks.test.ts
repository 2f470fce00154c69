import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import type { Context } from '$lib/server/context';
import { deliverWebhooks } from '$lib/server/webhooks/deliver-webhooks';
import { allLanded, nextLanding, type Flights } from '$lib/server/webhooks/flights';
import { voices } from '$lib/server/worker/dialects';
import { describeOnEachEngine } from '../databases';
import { answerWith, openReceiver } from './receiver';
import {
	addApplication,
	addDeposit,
	addPaidDeposit,
	deliver,
	deliveriesOf,
	happen,
	setAddress,
	triesOf
} from './scene';

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
		context.clock.advance(365 * 86_400_000);
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
		// A body may hold a payer's token.
		expect(delivery?.body_sealed?.length).toBeGreaterThan(50);
		expect(delivery?.body_sealed).not.toMatch(/tracking_id|o-1/);
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
		const mute = { ...voices, cashier: { ...voices.cashier, render: () => null } };
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

describeOnEachEngine('a receiver that misbehaves', (openContext) => {
	it('has the time it has, and holds up neither others nor more than its share', async () => {
		const context = await openContext();
		const hanging = await openReceiver(() => undefined);
		const prompt = await openReceiver();
		const slow = await addApplication(context, hanging.url);
		const ids: string[] = [];
		for (let made = 0; made < 5; made++) {
			ids.push(await addPaidDeposit(context, slow));
			context.clock.advance(1);
		}
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
		const closed = Promise.withResolvers<unknown>();
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

	it('take over from one that stalls, whose late word then is void', async () => {
		const context = await openContext();
		const receiver = await openReceiver(answerWith(500));
		const transactionId = await addPaidDeposit(
			context,
			await addApplication(context, receiver.url)
		);
		const first = await callAndStall(context);
		expect(await deliver(context)).toBe(0);

		receiver.answer = answerWith(200);
		context.clock.advance(61_000);
		const second = await callAndStall(context);
		const [early, late] = receiver.received;
		expect(late?.body.equals(early?.body ?? Buffer.alloc(0))).toBe(true);
		expect(late?.headers['webhook-id']).toBe(early?.headers['webhook-id']);

		const held = await deliveriesOf(context, transactionId);
		await first.goOn();
		expect(await deliveriesOf(context, transactionId)).toEqual(held);
		await second.goOn();
		expect(await deliveriesOf(context, transactionId)).toMatchObject([
			{ state: 'delivered', tries: 1 }
		]);
		expect(await triesOf(context, transactionId)).toMatchObject([{ number: 1, status: 200 }]);
	});
});

/** A worker that stops between the receiver's answer and writing it down, until it goes on. */
async function callAndStall(context: Context) {
	const called = Promise.withResolvers<unknown>();
	const revived = Promise.withResolvers<unknown>();
	const stalling: Context = {
		...context,
		async fetch(...request) {
			const response = await context.fetch(...request);
			called.resolve(true);
			await revived.promise;
			return response;
		}
	};
	const flights: Flights = new Map();
	await deliverWebhooks(stalling, voices, flights);
	await called.promise;
	return {
		async goOn() {
			revived.resolve(true);
			await allLanded(flights);
		}
	};
}
