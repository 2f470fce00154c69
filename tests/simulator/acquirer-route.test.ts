import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { fallback } from '../../src/routes/(simulator)/simulator/acquirer/[...path]/+server';
import { describeOnEachEngine } from '../databases';
import { openSimulation, wireOrder, type Simulation } from './open-simulation';

describeOnEachEngine('the acquirer over HTTP', (open) => {
	async function request(simulation: Simulation, body: string, socket = new EventEmitter()) {
		const { context, call } = simulation;
		const event = {
			locals: { context },
			params: { path: 'payments' },
			platform: { req: { socket } },
			request: new Request('http://localhost/simulator/acquirer/payments', {
				method: 'POST',
				headers: { authorization: `Bearer ${call.credentials.api_key}` },
				body
			})
		};
		return fallback(event as never);
	}

	const order = (simulation: Simulation, cardNumber: string) =>
		JSON.stringify(wireOrder(simulation, cardNumber, 'a1'));

	test('answers what the handler answers', async () => {
		const simulation = await openSimulation(open);
		const response = await request(simulation, order(simulation, '4242424242424242'));
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toBe('application/json');
		expect(await response.json()).toMatchObject({ state: 'succeeded' });
	});

	test('reads no more than a payment can need', async () => {
		const simulation = await openSimulation(open);
		expect((await request(simulation, ' '.repeat(20_000))).status).toBe(413);
	});

	test('a hang is charged first, gives no answer, and ends when the caller leaves', async () => {
		const simulation = await openSimulation(open);
		const socket = new EventEmitter();
		let answered = false;
		const response = request(simulation, order(simulation, '4000000000005019'), socket).finally(
			() => (answered = true)
		);
		await expect.poll(() => socket.listenerCount('close'), { interval: 1 }).toBe(1);
		expect(await simulation.chargesOf('a1')).toBe(1);
		expect(answered).toBe(false);
		socket.emit('close');
		expect((await response).status).toBe(504);
		expect(socket.listenerCount('close')).toBe(0);
	});
});
