import { z } from 'zod';
import type { RefundOutcome } from '../outcome';
import type { ProviderCall, RefundOrder, RefundReference } from '../provider';
import { ask, refusalCode, unknown, unreachable, type Reply } from './ask';

/** What the acquirer says of a refund. */
const refundSchema = z.object({
	refund_id: z.string().min(1).max(128),
	reference: z.string().min(1).max(128),
	payment_id: z.string().min(1).max(128).nullable(),
	attempt_id: z.string().min(1).max(128),
	state: z.enum(['accepted', 'succeeded', 'failed']),
	/** Minor units. */
	amount: z.int().positive(),
	currency: z.string().length(3),
	message: z.string().max(1_000)
});

type SimulatorRefund = z.infer<typeof refundSchema>;

/** The body of a notification about a refund. */
export const refundMessageSchema = refundSchema.extend({ id: z.string().min(1).max(128) });

/** Asks for money to go back. */
export async function refund(call: ProviderCall, order: RefundOrder): Promise<RefundOutcome> {
	const { refundId, attemptId, providerReference, amount } = order;
	const body = {
		refund_id: refundId,
		attempt_id: attemptId,
		payment_id: providerReference,
		...amount
	};
	const reply = await ask(call, { method: 'POST', path: '/refunds', body });
	if (reply.kind === 'unreachable') return unreachable;
	return read(
		reply,
		(answer) =>
			answer.refund_id === refundId &&
			answer.attempt_id === attemptId &&
			answer.amount === amount.amount &&
			answer.currency === amount.currency
	);
}

/** Asks how a refund stands. */
export async function inquireRefund(
	call: ProviderCall,
	{ refundId, attemptId, providerReference }: RefundReference
): Promise<RefundOutcome> {
	const path = `/refunds/${encodeURIComponent(refundId)}`;
	const reply = await ask(call, { method: 'GET', path });
	// An earlier request under the same id may have arrived, so this says nothing about the refund.
	if (reply.kind === 'unreachable') return unknown({ kind: 'silence', why: reply.kind });
	const isNeverSeen =
		reply.kind === 'answer' &&
		reply.status === 404 &&
		refusalCode(reply.content) === 'refund_not_found';
	if (isNeverSeen) return { kind: 'absent' };
	return read(
		reply,
		(answer) =>
			answer.refund_id === refundId &&
			answer.attempt_id === attemptId &&
			(providerReference === null || answer.reference === providerReference)
	);
}

/** Turns the acquirer's word on a refund into an outcome. */
export function refundOutcomeOf({ state, reference, message }: SimulatorRefund): RefundOutcome {
	switch (state) {
		case 'succeeded':
			return { kind: 'succeeded', providerReference: reference };
		case 'failed':
			return { kind: 'failed', message };
		case 'accepted':
			return { kind: 'pending', providerReference: reference };
	}
}

function read(
	reply: Exclude<Reply, { kind: 'unreachable' }>,
	isExpected: (answer: SimulatorRefund) => boolean
): RefundOutcome {
	if (reply.kind === 'silence') return unknown(reply);
	const { data } = refundSchema.safeParse(reply.content);
	if (reply.status !== 200 || !data) return unknown(reply);
	return isExpected(data) ? refundOutcomeOf(data) : unknown(reply, 'about another refund');
}
