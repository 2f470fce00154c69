import {
	cancelPayment,
	callOffAttempt
} from '../../../../src/lib/server/payments/cancel-payment.ts';
import type { Payment } from '../../../../src/lib/server/payments/payment.ts';
import { readPaymentOfSession } from '../../../../src/lib/server/payments/read-payment.ts';
import { settleOpenAttempt } from '../../../../src/lib/server/payments/settle-attempt.ts';
import { isFinal } from '../../../../src/lib/server/payments/states.ts';
import type { Random } from '../../random.ts';
import { ask } from '../ask.ts';
import { count, type World } from '../world.ts';
import { goElsewhere } from './elsewhere.ts';
import type { Visit } from './order.ts';
import { pay } from './pay.ts';
import { requestMoney } from './request-money.ts';

/** Steps that one person takes with one payment in one tab. */
const PATIENCE = 10;

/** One who does what a visit is for, in one or several tabs. */
export async function livePayer(world: World, random: Random, visit: Visit): Promise<void> {
	const tabs = random.percent(25) ? 2 : 1;
	await Promise.all(Array.from({ length: tabs }, () => openTab(world, random.fork(), visit)));
}

async function openTab(world: World, random: Random, { sessionId }: Visit): Promise<void> {
	for (let step = 0; step < PATIENCE; step++) {
		const payment = await ask(world, 'view', ({ context }) =>
			readPaymentOfSession(context, sessionId)
		);
		if (payment && isFinal(payment.state)) {
			const { transactionId, state } = payment;
			world.told.push({ to: 'a payer', transactionId, states: [state] });
			return;
		}
		if (payment) await actOn(world, random, payment);
		if (random.percent(4)) return count(world, 'payer left');
		await world.scheduler.sleep(thinkingMs(random), 'payer');
	}
}

function thinkingMs(random: Random): number {
	return random.pick([
		[6, random.whole(3_000)],
		[3, 5_000 + random.whole(30_000)],
		[1, 60_000 + random.whole(900_000)]
	]);
}

async function actOn(world: World, random: Random, payment: Payment): Promise<void> {
	const { state, intent } = payment;
	if (random.percent(8)) return cancel(world, payment);
	if (state === 'created') {
		return (intent === 'deposit' ? pay : requestMoney)(world, random, payment);
	}
	if (state === 'action_required') {
		if (random.percent(10)) {
			await ask(world, 'call off', ({ context }) => callOffAttempt(context, payment));
			return;
		}
		return goElsewhere(world, random, payment);
	}
	if (random.percent(30)) {
		await ask(world, 'return', ({ context }) => settleOpenAttempt(context, payment));
	}
}

async function cancel(world: World, payment: Payment): Promise<void> {
	const { transactionId, state } = payment;
	const result = await ask(world, `cancel ${state}`, ({ context }) =>
		cancelPayment(context, payment)
	);
	if (result === 'canceled') {
		world.told.push({ to: 'a payer who canceled', transactionId, states: ['canceled'] });
	}
}
