import type { Money } from '$lib/money/money';
import type { Outcome } from '../outcome';
import type { AttemptReference, ProviderCall } from '../provider';
import { ask, credentialsSchema, refusalCode, unknown, unreachable, type Reply } from './ask';
import { outcomeOf, paymentSchema, type SimulatorPayment } from './payment-answers';

/**
 * Asks for money to be moved and reads the answer. Whatever isn't a readable answer to exactly this
 * request is `unknown`; only a connection that was never made is `unreachable`.
 */
export async function askForPayment(
	call: ProviderCall,
	path: '/payments' | '/payouts',
	{ attemptId, amount }: { attemptId: string; amount: Money },
	body: object
): Promise<Outcome> {
	const reply = await ask(call, { method: 'POST', path, body });
	if (reply.kind === 'unreachable') return unreachable;
	return read(
		call,
		reply,
		(answer) =>
			answer.attempt_id === attemptId &&
			// A payment that was canceled before it arrived was never told its amount.
			(answer.state === 'canceled' ||
				(answer.amount === amount.amount && answer.currency === amount.currency))
	);
}

/** Asks how a payment stands (`GET`), or ends it and asks how it stands then (`POST`). */
export async function askOfPayment(
	call: ProviderCall,
	method: 'GET' | 'POST',
	{ attemptId, providerReference }: AttemptReference
): Promise<Outcome> {
	const path = `/payments/${encodeURIComponent(attemptId)}`;
	const request =
		method === 'GET' ? { method, path } : { method, path: `${path}/cancel`, body: {} };
	const reply = await ask(call, request);
	// An earlier request under the same id may have arrived, so this says nothing about the payment.
	if (reply.kind === 'unreachable') return unknown({ kind: 'silence', why: reply.kind });
	if (method === 'GET' && isNeverSeen(reply)) return { kind: 'absent' };
	return read(
		call,
		reply,
		(answer) =>
			answer.attempt_id === attemptId &&
			(providerReference === null || answer.payment_id === providerReference)
	);
}

function read(
	call: ProviderCall,
	reply: Exclude<Reply, { kind: 'unreachable' }>,
	isExpected: (answer: SimulatorPayment) => boolean
): Outcome {
	if (reply.kind === 'silence') return unknown(reply);
	const { data } = paymentSchema.safeParse(reply.content);
	if (reply.status !== 200 || !data) return unknown(reply);
	if (!isExpected(data)) return unknown(reply, 'about another payment');
	return outcomeOf(data, credentialsSchema.parse(call.credentials).page_url);
}

function isNeverSeen(reply: Reply): boolean {
	return (
		reply.kind === 'answer' &&
		reply.status === 404 &&
		refusalCode(reply.content) === 'payment_not_found'
	);
}
