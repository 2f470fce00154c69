import { beforeEach, expect, test } from 'vitest';
import { hmacHex } from '$lib/server/secrets/hmac';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { answerChallenge } from '$lib/server/simulator/challenge';
import { sendSimulatorMessages } from '$lib/server/simulator/send-messages';
import { describeOnEachEngine } from '../databases';
import { openSimulation, paymentWith, type Simulation } from './open-simulation';

const APPROVED = '4242 4242 4242 4242';
const CHALLENGED = '4000 0000 0000 3220';
const LATE = '4000 0000 0000 5043';
const TWICE = '4000 0000 0000 5050';
const EARLY = '4000 0000 0000 5068';

describeOnEachEngine('notifications of the simulator', (open) => {
	let simulation: Simulation;
	beforeEach(async () => {
		simulation = await openSimulation(open);
	});
	const pay = (cardNumber: string, attemptId = 'a1') =>
		simulator.payByCard(simulation.call, paymentWith(simulation.context, cardNumber, attemptId));
	const send = () => sendSimulatorMessages(simulation.context);
	const contents = () =>
		simulation.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);

	async function sendAfter(ms: number) {
		simulation.advance(ms);
		await send();
		return simulation.received.length;
	}

	test('come one second after the outcome, signed, and once', async () => {
		await pay(APPROVED);
		expect(await sendAfter(999)).toBe(0);
		expect(await sendAfter(1)).toBe(1);
		expect(await sendAfter(3_600_000)).toBe(1);
		const [message] = simulation.received;
		const timestamp = message?.headers.get('simulator-timestamp');
		const secret = simulation.call.credentials.notification_secret ?? '';
		expect(timestamp).toBe(String(Date.UTC(2026, 2, 1) / 1_000 + 1));
		expect(message?.headers.get('simulator-signature')).toBe(
			hmacHex(secret, `${timestamp}.${message?.body}`)
		);
		expect(contents()).toEqual([
			{
				id: expect.any(String),
				attempt_id: 'a1',
				payment_id: expect.any(String),
				state: 'succeeded',
				amount: 1005,
				currency: 'EUR',
				reason: null,
				message: 'The test card ending in 4242 is always approved.',
				kind: 'card',
				card: { brand: 'visa', last4: '4242' },
				card_token: null,
				page_path: null,
				instructions: null,
				receipts: []
			}
		]);
	});

	test('come after a challenge was answered, not before', async () => {
		await pay(CHALLENGED);
		expect(await sendAfter(60_000)).toBe(0);
		await answerChallenge(simulation.context, 'a1', 'fail');
		await answerChallenge(simulation.context, 'a1', 'approve');
		expect(await sendAfter(60_000)).toBe(1);
		expect(contents()).toMatchObject([{ state: 'declined', reason: 'authentication_failed' }]);
	});

	test('come late by rule', async () => {
		await pay(LATE);
		expect(await sendAfter(29_999)).toBe(0);
		expect(await sendAfter(1)).toBe(1);
	});

	test('come twice by rule, with the same id', async () => {
		await pay(TWICE);
		await sendAfter(1_000);
		await sendAfter(1_000);
		expect(await sendAfter(3_600_000)).toBe(2);
		const [first, second] = contents();
		expect(second).toEqual(first);
	});

	test('come before the reply by rule, when the charge is committed', async () => {
		const paid = pay(EARLY);
		await expect.poll(() => simulation.received.length, { interval: 1 }).toBe(1);
		expect(await simulation.chargesOf('a1')).toBe(1);
		expect(await paid).toMatchObject({ kind: 'succeeded' });
		expect(await sendAfter(3_600_000)).toBe(1);
	});

	test('a receiver that fails before the reply doesn’t hold the reply up', async () => {
		simulation.receiver.answer = 'none';
		expect(await pay(EARLY)).toMatchObject({ kind: 'succeeded' });
		simulation.receiver.answer = 200;
		expect(await sendAfter(1_000)).toBe(2);
	});

	test('are tried ten times with growing gaps, then given up', async () => {
		simulation.receiver.answer = 503;
		await pay(APPROVED);
		const triedAt: number[] = [];
		for (let second = 0; second < 2_000; second++) {
			const before = simulation.received.length;
			if ((await sendAfter(1_000)) > before) triedAt.push(second);
		}
		const gaps = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? 0));
		expect(gaps).toEqual([1, 2, 5, 10, 30, 60, 120, 300, 600]);
	});

	test('are retried when nobody answers, and the retry carries the same id', async () => {
		simulation.receiver.answer = 'none';
		await pay(APPROVED);
		await sendAfter(1_000);
		simulation.receiver.answer = 200;
		await sendAfter(1_000);
		await sendAfter(3_600_000);
		const ids = contents().map(({ id }) => id);
		expect(ids).toHaveLength(2);
		expect(new Set(ids).size).toBe(1);
	});

	test('each goes out once, however many processes send', async () => {
		await Promise.all(Array.from({ length: 15 }, (_, at) => pay(APPROVED, `a${at}`)));
		simulation.advance(1_000);
		const counts = await Promise.all(Array.from({ length: 8 }, send));
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(15);
		expect(new Set(contents().map(({ id }) => id)).size).toBe(15);
		expect(simulation.received).toHaveLength(15);
	});
});
