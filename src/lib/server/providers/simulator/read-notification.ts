import { sameSecret } from '$lib/server/secrets/same-secret';
import { hmacHex } from '$lib/server/secrets/hmac';
import type { Notification } from '../outcome';
import type { ProviderCall, RawNotification } from '../provider';
import { credentialsSchema, parseJson } from './ask';
import { outcomeOf, paymentMessageSchema } from './payment-answers';
import { refundMessageSchema, refundOutcomeOf } from './refunds';

/** A notification signed longer ago, or as much ahead, is refused: someone may have kept it. */
const MAX_AGE_MS = 5 * 60_000;

/** Reads what the acquirer's server sent: about a payment, a payout or a refund. */
export function readNotification(
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
	if (Math.abs(ageMs) > MAX_AGE_MS) return undefined;
	const content = parseJson(body);
	return readAboutPayment(content, page_url) ?? readAboutRefund(content);
}

function readAboutPayment(content: unknown, pageUrl: string): Notification | undefined {
	const { data } = paymentMessageSchema.safeParse(content);
	return (
		data && {
			id: data.id,
			attemptId: data.attempt_id,
			providerReference: data.payment_id,
			amount: { amount: data.amount, currency: data.currency },
			outcome: outcomeOf(data, pageUrl)
		}
	);
}

function readAboutRefund(content: unknown): Notification | undefined {
	const { data } = refundMessageSchema.safeParse(content);
	return (
		data && {
			id: data.id,
			attemptId: data.attempt_id,
			providerReference: data.payment_id,
			amount: { amount: data.amount, currency: data.currency },
			outcome: { kind: 'unknown', message: 'This message is about a refund of it.' },
			refund: { refundId: data.refund_id, outcome: refundOutcomeOf(data) }
		}
	);
}
