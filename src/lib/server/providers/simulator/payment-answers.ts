import { z } from 'zod';
import type { DeclineReason, Instructions, Outcome } from '../outcome';

const states = [
	'accepted',
	'challenge',
	'redirect',
	'awaiting',
	'attested',
	'succeeded',
	'declined',
	'canceled'
] as const;

const fieldNames = [
	'holder',
	'iban',
	'bic',
	'account_number',
	'bank_code',
	'bank',
	'reference'
] as const satisfies Instructions['fields'][number]['name'][];

const text = (longest: number) => z.string().min(1).max(longest);

const instructionsSchema = z.object({
	fields: z.array(z.object({ name: z.enum(fieldNames), value: text(140) })).max(20),
	qr: text(1_000).nullable()
});

/** What the acquirer says of a payment or payout. Fields that we don't use may come and go. */
export const paymentSchema = z.object({
	payment_id: text(128),
	attempt_id: text(128),
	kind: text(32),
	state: z.enum(states),
	/** Minor units. */
	amount: z.int().nonnegative(),
	currency: z.string().length(3),
	reason: z.string().max(64).nullable(),
	message: z.string().max(1_000),
	/** Where the payer answers. */
	page_path: z.string().max(2_048).nullable(),
	instructions: instructionsSchema.nullable(),
	receipts: z.array(z.object({ id: text(128), amount: z.int().positive() })).max(200),
	card_token: text(128).nullable()
});

export type SimulatorPayment = z.infer<typeof paymentSchema>;

/** The body of a notification about a payment. */
export const paymentMessageSchema = paymentSchema.extend({ id: text(128) });

/** The acquirer's words in ours. A word it didn't have before is still a decline. */
const reasons: Partial<Record<string, DeclineReason>> = {
	declined: 'declined',
	insufficient_funds: 'insufficient_funds',
	expired_card: 'expired_card',
	lost_card: 'lost_or_stolen',
	processing_error: 'processing_error',
	invalid_number: 'invalid_card',
	unknown_token: 'invalid_card',
	authentication_failed: 'authentication_failed',
	authentication_canceled: 'authentication_canceled',
	invalid_voucher: 'invalid_voucher',
	used_voucher: 'used_voucher',
	invalid_account: 'invalid_account',
	account_closed: 'invalid_account',
	unknown_original: 'processing_error'
};

/** Those that are about this acquirer: another one may do better. */
const soft = new Set(['processing_error', 'unknown_original']);

/** Turns the acquirer's word on a payment into an outcome. Its pages are below `pageUrl`. */
export function outcomeOf(payment: SimulatorPayment, pageUrl: string): Outcome {
	const { payment_id: providerReference, message, currency } = payment;
	// Money that arrived on its own is told in whatever state the payment is.
	if (payment.kind === 'bank_transfer' && payment.receipts.length > 0) {
		const receipts = payment.receipts.map(({ id, amount }) => ({
			id,
			amount: { amount, currency }
		}));
		const ended = payment.state === 'canceled';
		return { kind: 'received', providerReference, receipts, ...(ended && { ended }) };
	}
	switch (payment.state) {
		case 'attested':
		case 'succeeded':
			return {
				kind: 'succeeded',
				providerReference,
				amount: { amount: payment.amount, currency },
				...(payment.state === 'attested' ? { attested: true } : {}),
				...(payment.card_token === null ? {} : { cardToken: payment.card_token })
			};
		case 'declined':
			return {
				kind: 'declined',
				providerReference,
				reason: reasons[payment.reason ?? ''] ?? 'declined',
				message,
				...(soft.has(payment.reason ?? '') ? { soft: true } : {})
			};
		case 'canceled':
			return { kind: 'canceled', providerReference, message };
		case 'challenge':
		case 'redirect':
			return ledTo(payment.state, payment, pageUrl);
		case 'awaiting':
			return instructed(payment);
		case 'accepted':
			return { kind: 'pending', providerReference };
	}
}

/** The payer is led nowhere but to the acquirer's own pages. */
function ledTo(
	type: 'challenge' | 'redirect',
	{ payment_id: providerReference, page_path }: SimulatorPayment,
	pageUrl: string
): Outcome {
	const url = URL.parse(page_path ?? '//', pageUrl);
	if (!url || url.origin !== new URL(pageUrl).origin) {
		return { kind: 'unknown', message: 'The simulator sent the payer to no page of its own.' };
	}
	return { kind: 'action_required', providerReference, action: { type, url: url.href } };
}

function instructed({ payment_id: providerReference, instructions }: SimulatorPayment): Outcome {
	if (!instructions) {
		return { kind: 'unknown', message: 'The simulator awaits a transfer and did not say where.' };
	}
	return {
		kind: 'action_required',
		providerReference,
		action: { type: 'instructions', ...instructions }
	};
}
