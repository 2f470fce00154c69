import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import { MAX_AMOUNT } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { apiKey } from './credentials';
import { sendBeforeReply } from './send-messages';
import {
	cancelPayment,
	findPayment,
	isSameOrder,
	recordPayment,
	type PaymentOrder,
	type SimulatorPayment
} from './payments';
import { ruleFor } from './rules';

export interface AcquirerRequest {
	method: string;
	/** Below `/simulator/acquirer`: `/payments/…`. */
	path: string;
	headers: Headers;
	body: string;
}

interface AcquirerAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** A receiver that is slower than this gets its notification again later, after the reply. */
const NOTICE_BEFORE_REPLY_MS = 5_000;

/**
 * The API of the make-believe acquirer, whatever carries it: its HTTP route or a simulation in the
 * same process. Everything it answers is committed before. `hang`: the caller gets no answer at all.
 *
 * - `POST /payments` pays once per `attempt_id`; the same id again gets the stored result
 * - `GET /payments/{attempt_id}` tells how it stands, 404 `payment_not_found` if never seen
 * - `POST /payments/{attempt_id}/cancel` ends it unless it is final
 */
export async function handleAcquirerRequest(
	context: Context,
	request: AcquirerRequest
): Promise<AcquirerAnswer | 'hang'> {
	if (!sameSecret(request.headers.get('authorization') ?? '', `Bearer ${apiKey(context)}`)) {
		return refuse(401, 'unauthorized', 'The bearer key is not this acquirer’s.');
	}
	if (request.path === '/payments' && request.method === 'POST') return pay(context, request.body);
	const [, attemptId, verb] = /^\/payments\/([\w.-]{1,128})(\/cancel)?$/.exec(request.path) ?? [];
	if (attemptId && verb && request.method === 'POST') {
		return show(await cancelPayment(context, attemptId));
	}
	if (attemptId && !verb && request.method === 'GET') {
		const payment = await findPayment(context.db.read, attemptId);
		return payment
			? show(payment)
			: refuse(404, 'payment_not_found', 'No payment ever arrived under this attempt id.');
	}
	return refuse(404, 'no_such_call', 'There is no such call.');
}

async function pay(context: Context, body: string): Promise<AcquirerAnswer | 'hang'> {
	const order = readOrder(body, context.config.origin);
	if (!order) return refuse(422, 'invalid_request', 'The payment is incomplete or malformed.');
	const rule = ruleFor(order.cardNumber);
	if (rule.decision.state === 'never_recorded') return 'hang';
	const { payment, isFirst } = await recordPayment(context, order, rule);
	if (!isSameOrder(payment, order)) {
		return refuse(409, 'attempt_reused', 'Another payment was asked for under this attempt id.');
	}
	// A repeat gets a plain answer whatever the rule: it asks for what is stored.
	if (!isFirst) return show(payment);
	if (rule.notice === 'before_reply') {
		await sendBeforeReply(context, payment.attempt_id, NOTICE_BEFORE_REPLY_MS);
	}
	if (rule.reply === 'hang') return 'hang';
	return rule.reply === 'garbage' ? garbage : show(payment);
}

const orderSchema = z.strictObject({
	attempt_id: z.string().regex(/^[\w.-]{1,128}$/),
	amount: z.int().positive().max(MAX_AMOUNT),
	currency: z.string().refine(isCurrency),
	card: z.strictObject({
		number: z.string().regex(/^\d{12,19}$/),
		expiry_month: z.int().min(1).max(12),
		expiry_year: z.int().min(2000).max(9999),
		security_code: z.string().regex(/^\d{3,4}$/),
		holder_name: z.string().max(200)
	}),
	return_url: z.url({ protocol: /^https?$/ }).max(2_048),
	callback_url: z.url({ protocol: /^https?$/ }).max(2_048),
	description: z.string().max(1_000).nullable(),
	payer_ip: z.string().max(64).nullable(),
	locale: z.string().max(64)
});

/** Undefined: not an order. Payers are only ever returned to our own pages. */
function readOrder(body: string, ownOrigin: string): PaymentOrder | undefined {
	const { data } = orderSchema.safeParse(parseJson(body));
	if (!data || new URL(data.return_url).origin !== ownOrigin) return undefined;
	return {
		attemptId: data.attempt_id,
		amount: data.amount,
		currency: data.currency,
		cardNumber: data.card.number,
		returnUrl: data.return_url,
		callbackUrl: data.callback_url,
		locale: data.locale
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function show(payment: SimulatorPayment): AcquirerAnswer {
	const { id, locale } = payment;
	return answer(200, {
		payment_id: id,
		attempt_id: payment.attempt_id,
		state: payment.state,
		amount: payment.amount,
		currency: payment.currency,
		reason: payment.reason,
		message: payment.message,
		challenge_path:
			payment.state === 'challenge'
				? `/simulator/challenge/${id}?locale=${encodeURIComponent(locale)}`
				: null,
		card: { brand: payment.card_brand, last4: payment.card_last4 }
	});
}

function refuse(status: number, code: string, message: string): AcquirerAnswer {
	return answer(status, { error: { code, message } });
}

function answer(status: number, content: unknown): AcquirerAnswer {
	return {
		status,
		headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
		body: JSON.stringify(content)
	};
}

/** What a broken proxy in between might say. */
const garbage: AcquirerAnswer = {
	status: 200,
	headers: { 'content-type': 'text/html', 'cache-control': 'no-store' },
	body: '<html><title>Bad gatew'
};
