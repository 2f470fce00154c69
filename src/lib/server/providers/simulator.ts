import { z } from 'zod';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { hmacHex } from '$lib/server/secrets/hmac';
import type {
	AttemptReference,
	CardPayment,
	Notification,
	Outcome,
	Provider,
	ProviderCall,
	RawNotification
} from './provider';
import {
	notificationSchema,
	outcomeOf,
	parseJson,
	paymentSchema,
	refusalSchema,
	type SimulatorPayment
} from './simulator-answers';

/** The acquirer has this long for an answer; the credential `timeout_ms` can set another time. */
const TIMEOUT_MS = 12_000;
const MAX_RESPONSE_BYTES = 16_384;
/** A notification signed longer ago, or as much ahead, is refused: someone may have kept it. */
const MAX_NOTIFICATION_AGE_MS = 5 * 60_000;

/** The make-believe acquirer of this installation, spoken to as if it were anybody's. */
export const simulator: Provider = {
	name: 'simulator',
	cardBrands: ['visa', 'mastercard', 'american-express'],
	payByCard: (call, payment) =>
		ask(
			call,
			'POST',
			'/payments',
			orderOf(call, payment),
			(answer) =>
				answer.attempt_id === payment.attemptId &&
				// A payment that was canceled before it arrived was never told its amount.
				(answer.state === 'canceled' ||
					(answer.amount === payment.amount.amount && answer.currency === payment.amount.currency))
		),
	inquire: (call, attempt) =>
		ask(call, 'GET', pathOf(attempt), undefined, (answer) => isAbout(answer, attempt)),
	cancel: (call, attempt) =>
		ask(call, 'POST', `${pathOf(attempt)}/cancel`, {}, (answer) => isAbout(answer, attempt)),
	readNotification
};

const credentialsSchema = z.object({
	base_url: z.url(),
	page_url: z.url(),
	api_key: z.string().min(1),
	notification_secret: z.string().min(1),
	timeout_ms: z.coerce.number().int().positive().optional()
});

/**
 * One call and what it says. Whatever isn't a readable answer to exactly this request is `unknown`;
 * so is a request that wasn't sent, because an earlier one under the same id may have been.
 */
async function ask(
	call: ProviderCall,
	method: 'GET' | 'POST',
	path: string,
	body: unknown,
	isExpected: (answer: SimulatorPayment) => boolean
): Promise<Outcome> {
	const credentials = credentialsSchema.parse(call.credentials);
	const request = {
		method,
		headers: {
			authorization: `Bearer ${credentials.api_key}`,
			...(body === undefined ? {} : { 'content-type': 'application/json' })
		},
		body: body === undefined ? undefined : JSON.stringify(body),
		timeoutMs: credentials.timeout_ms ?? TIMEOUT_MS,
		maxResponseBytes: MAX_RESPONSE_BYTES
	};
	const url = new URL(`/simulator/acquirer${path}`, credentials.base_url).href;
	try {
		const response = await call.fetch(url, request);
		const content = response.truncated ? undefined : parseJson(response.body);
		if (response.status === 404 && method === 'GET' && isNeverSeen(content)) {
			return { kind: 'absent' };
		}
		const { data } = paymentSchema.safeParse(content);
		if (response.status !== 200 || !data) return unknown(`an unreadable answer`, response.status);
		if (!isExpected(data)) return unknown('an answer about another payment', response.status);
		return outcomeOf(data, credentials.page_url);
	} catch (error) {
		if (error instanceof OutgoingError) return unknown(`no answer (${error.kind})`);
		throw error;
	}
}

function readNotification(
	call: ProviderCall,
	{ headers, body, receivedAt }: RawNotification
): Notification | undefined {
	const { notification_secret, page_url } = credentialsSchema.parse(call.credentials);
	const timestamp = headers.get('simulator-timestamp') ?? '';
	const signature = headers.get('simulator-signature') ?? '';
	if (!/^\d{1,12}$/.test(timestamp)) return undefined;
	if (!sameSecret(signature, hmacHex(notification_secret, `${timestamp}.${body}`))) {
		return undefined;
	}
	const ageMs = receivedAt - Number(timestamp) * 1_000;
	if (Math.abs(ageMs) > MAX_NOTIFICATION_AGE_MS) return undefined;
	const { data } = notificationSchema.safeParse(parseJson(body));
	if (!data) return undefined;
	return {
		id: data.id,
		attemptId: data.attempt_id,
		providerReference: data.payment_id,
		amount: { amount: data.amount, currency: data.currency },
		outcome: outcomeOf({ ...data, challenge_path: null }, page_url)
	};
}

function orderOf(call: ProviderCall, payment: CardPayment) {
	const { card } = payment;
	return {
		attempt_id: payment.attemptId,
		amount: payment.amount.amount,
		currency: payment.amount.currency,
		card: {
			number: card.number,
			expiry_month: card.expiryMonth,
			expiry_year: card.expiryYear,
			security_code: card.securityCode,
			holder_name: card.holderName
		},
		return_url: payment.returnUrl,
		callback_url: call.callbackUrl,
		description: payment.description,
		payer_ip: payment.payerIp,
		locale: payment.locale
	};
}

function pathOf({ attemptId }: AttemptReference): string {
	return `/payments/${encodeURIComponent(attemptId)}`;
}

function isAbout(answer: SimulatorPayment, attempt: AttemptReference): boolean {
	const { providerReference } = attempt;
	return (
		answer.attempt_id === attempt.attemptId &&
		(providerReference === null || answer.payment_id === providerReference)
	);
}

function isNeverSeen(content: unknown): boolean {
	return refusalSchema.safeParse(content).data?.error.code === 'payment_not_found';
}

function unknown(what: string, status?: number): Outcome {
	const suffix = status === undefined ? '' : `, status ${status}`;
	return { kind: 'unknown', message: `The simulator gave ${what}${suffix}.` };
}
