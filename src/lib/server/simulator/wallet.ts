import type { Money } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import { attest, type AttestedRule } from './attest';
import { decide, type Verdict } from './payments';
import { openReturnUrl } from './return-url';
import { rule } from './rule';
import { DECIDES_AFTER_MS } from './verdict-in-time';

/** The make-believe wallet's brand. */
export const WALLET = 'Pebble Wallet';

/**
 * What a payer can do at the wallet; `later` leaves it undecided for a few seconds more. What is
 * attested counts as paid, and turns out half a minute later to be final, or to be taken back.
 */
export const walletChoices = ['pay', 'decline', 'cancel', 'later', 'attest', 'reverse'] as const;

export type WalletChoice = (typeof walletChoices)[number];

export const walletRule = rule(
	'wallet',
	{ state: 'redirect' },
	`The payer is led to the page of ${WALLET}, and the answer there decides.`
);

interface WalletPayment {
	attemptId: string;
	amount: Money;
	/** False: the payer chose before, or it was called off, and only has to be led on. */
	isOpen: boolean;
	returnUrl: string;
}

const attestedRules = {
	attest: 'attested_final',
	reverse: 'attested_reversed'
} as const satisfies Partial<Record<WalletChoice, AttestedRule>>;

const verdicts: Record<'pay' | 'decline' | 'cancel', Verdict> = {
	pay: {
		state: 'succeeded',
		reason: null,
		message: `The payer paid with ${WALLET}.`,
		notice: 'soon'
	},
	decline: {
		state: 'declined',
		reason: 'insufficient_funds',
		message: `There was not enough money in ${WALLET}.`,
		notice: 'soon'
	},
	cancel: {
		state: 'canceled',
		reason: null,
		message: `The payer canceled at ${WALLET}.`,
		notice: 'soon'
	}
};

/** A payment with the wallet, by the acquirer's id of it. Undefined: there is none. */
export async function readWalletPayment(
	context: Context,
	paymentId: string
): Promise<WalletPayment | undefined> {
	const payment = await context.db.read
		.selectFrom('simulator_payments')
		.selectAll()
		.where('id', '=', paymentId)
		.where('kind', '=', 'redirect')
		.executeTakeFirst();
	if (!payment || payment.return_url_sealed === null) return undefined;
	return {
		attemptId: payment.attempt_id,
		amount: { amount: payment.amount, currency: payment.currency },
		isOpen: payment.state === 'redirect',
		returnUrl: openReturnUrl(context, payment.attempt_id, payment.return_url_sealed)
	};
}

/** Commits what the payer chose, unless that was done before: then nothing changes. */
export async function answerWallet(
	context: Context,
	attemptId: string,
	choice: WalletChoice
): Promise<void> {
	await context.db.inTransaction(async (tx) => {
		if (choice === 'attest' || choice === 'reverse') {
			const message = `${WALLET} attests the payment, which is not final yet.`;
			await attest(tx, context, attemptId, { rule: attestedRules[choice], message });
			return;
		}
		if (choice !== 'later') {
			await decide(tx, context, attemptId, verdicts[choice], ['redirect']);
			return;
		}
		const now = context.clock.now();
		await tx
			.updateTable('simulator_payments')
			.set({ state: 'accepted', decides_at: now + DECIDES_AFTER_MS, updated_at: now })
			.where('attempt_id', '=', attemptId)
			.where('state', '=', 'redirect')
			.execute();
	});
}
