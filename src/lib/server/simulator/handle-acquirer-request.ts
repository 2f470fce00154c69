import type { Context } from '$lib/server/context';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { answer, garbage, refuse, type AcquirerAnswer } from './answers';
import { apiKey } from './credentials';
import { handleCard, handleRefund } from './handle-other-requests';
import {
	cancelPayment,
	findPayment,
	isSameOrder,
	recordPayment,
	type PaymentOrder,
	type SimulatorPayment
} from './payments';
import { readPaymentOrder } from './read-payment-order';
import { readPayoutOrder } from './read-payout-order';
import { findRefund } from './refunds';
import { moody } from './rule';
import { sendBeforeReply } from './send-messages';
import { readReceipts } from './transfers';
import { viewPayment, viewRefund } from './views';

export interface AcquirerRequest {
	method: string;
	/** Below `/simulator/acquirer`: `/payments/…`. */
	path: string;
	headers: Headers;
	body: string;
}

/** A receiver that is slower than this gets its notification again later, after the reply. */
const NOTICE_BEFORE_REPLY_MS = 5_000;

type Answer = AcquirerAnswer | 'hang';

/**
 * The API of the make-believe acquirer, whatever carries it: its HTTP route or a simulation in the
 * same process. Everything it answers is committed before. `hang`: the caller gets no answer at all.
 *
 * - `POST /payments` pays once per `attempt_id`; the same id again gets the stored result
 * - `POST /payouts` sends money, in the same way
 * - `GET /payments/{attempt_id}` tells how either stands, 404 `payment_not_found` if never seen
 * - `POST /payments/{attempt_id}/cancel` ends either unless it is final
 * - `POST /cards` keeps a card and gives a token for it
 * - `POST /refunds` gives money back once per `refund_id`; `GET /refunds/{refund_id}` tells of it
 *
 * The header `simulator-temper` sets how the account behaves: `moody` declines every payment and
 * payout, `silent` records, moves and answers nothing.
 */
export async function handleAcquirerRequest(
	context: Context,
	request: AcquirerRequest
): Promise<Answer> {
	const { method, path, headers, body } = request;
	if (!sameSecret(headers.get('authorization') ?? '', `Bearer ${apiKey(context)}`)) {
		return refuse(401, 'unauthorized', 'The bearer key is not this acquirer’s.');
	}
	const temper = headers.get('simulator-temper');
	if (temper === 'silent') return 'hang';
	switch (`${method} ${path}`) {
		case 'POST /payments':
			return perform(context, await readPaymentOrder(context, body), temper);
		case 'POST /payouts':
			return perform(context, await readPayoutOrder(context, body), temper);
		case 'POST /cards':
			return handleCard(context, body);
		case 'POST /refunds':
			return handleRefund(context, body);
	}
	return handleReference(context, method, path);
}

/** Calls about something that was asked for before. */
async function handleReference(context: Context, method: string, path: string): Promise<Answer> {
	const [, noun, id, verb] = /^\/(payments|refunds)\/([\w.-]{1,128})(\/cancel)?$/.exec(path) ?? [];
	if (noun === 'payments' && id && verb && method === 'POST') {
		return show(context, await cancelPayment(context, id));
	}
	if (noun === 'payments' && id && !verb && method === 'GET') {
		const payment = await findPayment(context.db.read, id);
		return payment
			? show(context, payment)
			: refuse(404, 'payment_not_found', 'No payment ever arrived under this attempt id.');
	}
	if (noun === 'refunds' && id && !verb && method === 'GET') {
		const found = await findRefund(context.db.read, id);
		return found
			? answer(200, viewRefund(found.refund, found.payment))
			: refuse(404, 'refund_not_found', 'No refund ever arrived under this id.');
	}
	return refuse(404, 'no_such_call', 'There is no such call.');
}

async function perform(
	context: Context,
	asked: PaymentOrder | undefined,
	temper: string | null
): Promise<Answer> {
	if (!asked) return refuse(422, 'invalid_request', 'The order is incomplete or malformed.');
	const order = temper === 'moody' ? { ...asked, rule: moody } : asked;
	const { decision, notice, reply } = order.rule;
	if (decision.state === 'never_recorded') return 'hang';
	const { payment, isFirst } = await recordPayment(context, order);
	if (!isSameOrder(payment, order)) {
		return refuse(409, 'attempt_reused', 'Something else was asked for under this attempt id.');
	}
	// A repeat gets a plain answer whatever the rule: it asks for what is stored.
	if (!isFirst) return show(context, payment);
	if (notice === 'before_reply') {
		await sendBeforeReply(context, payment.attempt_id, NOTICE_BEFORE_REPLY_MS);
	}
	if (reply === 'hang') return 'hang';
	return reply === 'garbage' ? garbage : show(context, payment);
}

async function show({ db }: Context, payment: SimulatorPayment): Promise<AcquirerAnswer> {
	const receipts = payment.received > 0 ? await readReceipts(db.read, payment.attempt_id) : [];
	return answer(200, viewPayment(payment, receipts));
}
