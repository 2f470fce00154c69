import type { Context } from '../../../../src/lib/server/context.ts';
import { insertOnce, runOnce, type Work } from '../../../../src/lib/server/http/idempotency.ts';
import { isFinal, type State } from '../../../../src/lib/server/payments/states.ts';
import { openSession, type Order } from '../../../../src/lib/server/sessions/open-session.ts';
import { payAtOnce } from '../../../../src/lib/server/sessions/pay-at-once.ts';
import { readPaymentOfSession } from '../../../../src/lib/server/payments/read-payment.ts';
import type { Random } from '../../random.ts';
import { ask } from '../ask.ts';
import { count, type World } from '../world.ts';
import { goElsewhere } from './elsewhere.ts';
import type { Visit } from './order.ts';
import { drawWay } from './pay.ts';

/** Calls that one server makes of the same thing until it believes an answer. */
const MOST_CALLS = 15;

/** What a call of the merchant's server was answered. */
interface Answer {
	sessionId: string;
	transactionId?: string;
	state?: State;
}

/**
 * Makes a call of the merchant's server under an `Idempotency-Key`, and the same again until there
 * is an answer; once in a while at the same time from elsewhere.
 */
async function callOnce(
	world: World,
	random: Random,
	{ key, once }: { key: string; once: typeof runOnce },
	act: (context: Context, work: Work) => Promise<Answer>
): Promise<Answer | undefined> {
	const { id: applicationId } = world.merchant.application;
	const body = Buffer.from(key);
	const keyed = { applicationId, mode: 'test', path: '/', key, body } as const;
	const call = () =>
		ask(world, 'call', async ({ context }) => {
			const response = await once(context, keyed, async (work) =>
				Response.json(await act(context, work))
			);
			return (await response.json()) as Answer;
		});
	for (let round = 1; round <= MOST_CALLS; round++) {
		const [answer, other] = await Promise.all(random.percent(15) ? [call(), call()] : [call()]);
		if (answer && other && answer.sessionId !== other.sessionId) {
			world.defects.push(`two answers to ${key}`);
		}
		if (answer) return answer;
		await world.scheduler.sleep(random.whole(30_000), 'server');
	}
	count(world, 'server gave up');
	return undefined;
}

/** Opens a visit by a call under a key. */
export async function openByKey(
	world: World,
	random: Random,
	order: Order
): Promise<Visit | undefined> {
	const { application } = world.merchant;
	const how = { key: `open ${order.reference}`, once: insertOnce };
	const opened = await callOnce(world, random, how, async (context, work) => {
		const { id: sessionId } = await openSession(context, application, order, {
			id: work.resourceId,
			insert: (rows, { id }) => work.insert(rows, { sessionId: id })
		});
		return { sessionId };
	});
	return opened && { sessionId: opened.sessionId, reference: order.reference ?? '' };
}

/** A payment that the merchant's server makes, card and all; its payer may have to go to the bank. */
export async function payDirectly(
	world: World,
	random: Random,
	order: Order
): Promise<Visit | undefined> {
	const { application, routingSets } = world.merchant;
	const { method, means } = drawWay(random);
	const oneShot = { content: `${method} ${JSON.stringify(means)}` };
	const way = { method, means, routingSetId: random.pick(routingSets).id };
	if (means.kind === 'kept_card') return undefined;
	const how = { key: `pay ${order.reference}`, once: runOnce };
	const answer = await callOnce(world, random, how, async (context, work) => {
		const wanted = { ...order, oneShot };
		const id = work.resourceId;
		const { payment } = await payAtOnce(context, application, wanted, { ...way, id });
		const { sessionId, transactionId, state } = payment;
		return { sessionId, transactionId, state };
	});
	if (!answer) return undefined;
	const { sessionId, transactionId = '', state } = answer;
	count(world, `paid at once: ${state}`);
	if (state && isFinal(state)) {
		world.told.push({ to: 'a server', transactionId, states: [state] });
	}
	if (state === 'action_required') {
		const payment = await ask(world, 'view', ({ context }) =>
			readPaymentOfSession(context, sessionId)
		);
		if (payment?.attempt?.action) await goElsewhere(world, random, payment);
	}
	return { sessionId, reference: order.reference ?? '' };
}
