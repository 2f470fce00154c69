import type { Money } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import { openReturnUrl } from './return-url';
import { decide, type Verdict } from './payments';

/** What a payer can do at the make-believe bank, besides leaving it unanswered. */
export const challengeChoices = ['approve', 'fail', 'cancel'] as const;

export type ChallengeChoice = (typeof challengeChoices)[number];

interface Challenge {
	attemptId: string;
	amount: Money;
	cardLast4: string;
	/** False: it was decided or canceled before, and the payer only has to be led on. */
	isOpen: boolean;
	returnUrl: string;
}

const verdicts: Record<ChallengeChoice, Verdict> = {
	approve: {
		state: 'succeeded',
		reason: null,
		message: 'The payer passed 3-D Secure at the simulated bank.',
		notice: 'soon'
	},
	fail: {
		state: 'declined',
		reason: 'authentication_failed',
		message: 'The payer failed 3-D Secure at the simulated bank.',
		notice: 'soon'
	},
	cancel: {
		state: 'declined',
		reason: 'authentication_canceled',
		message: 'The payer canceled 3-D Secure at the simulated bank.',
		notice: 'soon'
	}
};

/** The challenge of a payment, by the acquirer's id of it. Undefined: there is none. */
export async function readChallenge(
	context: Context,
	paymentId: string
): Promise<Challenge | undefined> {
	const payment = await context.db.read
		.selectFrom('simulator_payments')
		.selectAll()
		.where('id', '=', paymentId)
		.where('rule', '=', 'challenge')
		.executeTakeFirst();
	if (!payment || payment.return_url_sealed === null) return undefined;
	return {
		attemptId: payment.attempt_id,
		amount: { amount: payment.amount, currency: payment.currency },
		cardLast4: payment.card_last4 ?? '',
		isOpen: payment.state === 'challenge',
		returnUrl: openReturnUrl(context, payment.attempt_id, payment.return_url_sealed)
	};
}

/** Commits what the payer chose, unless it was decided before: then nothing changes. */
export async function answerChallenge(
	context: Context,
	attemptId: string,
	choice: ChallengeChoice
): Promise<void> {
	await context.db.inTransaction((tx) => decide(tx, context, attemptId, verdicts[choice]));
}
