import { z } from 'zod';
import type { DeclineReason, Outcome } from './provider';

const stateSchema = z.enum(['accepted', 'challenge', 'succeeded', 'declined', 'canceled']);

/** What the acquirer says of a payment. Fields that we don't use may come and go. */
export const paymentSchema = z.object({
	payment_id: z.string().min(1).max(128),
	attempt_id: z.string().min(1).max(128),
	state: stateSchema,
	/** Minor units. */
	amount: z.int().nonnegative(),
	currency: z.string().length(3),
	reason: z.string().max(64).nullable(),
	message: z.string().max(1_000),
	challenge_path: z.string().max(2_048).nullable()
});

export type SimulatorPayment = z.infer<typeof paymentSchema>;

/** The body of a notification. */
export const notificationSchema = paymentSchema
	.omit({ challenge_path: true })
	.extend({ id: z.string().min(1).max(128), state: z.enum(['succeeded', 'declined']) });

export const refusalSchema = z.object({ error: z.object({ code: z.string() }) });

/** The acquirer's words in ours. A word it didn't have before is still a decline. */
const reasons: Partial<Record<string, DeclineReason>> = {
	declined: 'declined',
	insufficient_funds: 'insufficient_funds',
	expired_card: 'expired_card',
	lost_card: 'lost_or_stolen',
	processing_error: 'processing_error',
	invalid_number: 'invalid_card',
	authentication_failed: 'authentication_failed',
	authentication_canceled: 'authentication_canceled'
};

/** Turns the acquirer's word on a payment into an outcome. Its pages are below `pageUrl`. */
export function outcomeOf(payment: SimulatorPayment, pageUrl: string): Outcome {
	const { payment_id: providerReference, message } = payment;
	switch (payment.state) {
		case 'succeeded': {
			const amount = { amount: payment.amount, currency: payment.currency };
			return { kind: 'succeeded', providerReference, amount };
		}
		case 'declined': {
			const reason = reasons[payment.reason ?? ''] ?? 'declined';
			return { kind: 'declined', providerReference, reason, message };
		}
		case 'canceled':
			return { kind: 'canceled', providerReference, message };
		case 'challenge':
			return challengeOf(payment, pageUrl);
		case 'accepted':
			return { kind: 'pending', providerReference };
	}
}

/** The payer is led nowhere but to the acquirer's own pages. */
function challengeOf(payment: SimulatorPayment, pageUrl: string): Outcome {
	const url = URL.parse(payment.challenge_path ?? '//', pageUrl);
	if (!url || url.origin !== new URL(pageUrl).origin) {
		return { kind: 'unknown', message: 'The simulator asked for a challenge and named no page.' };
	}
	return {
		kind: 'action_required',
		providerReference: payment.payment_id,
		action: { type: 'challenge', url: url.href }
	};
}

/** Undefined for what isn't JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
