import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { keepInstrument } from '$lib/server/instruments/keep-instrument';
import { depositPaid } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Outcome } from '$lib/server/providers/outcome';
import { advanceTransaction, type Change } from './advance-transaction';
import type { Applied } from './apply-outcome';
import { nextAskAt } from './ask-schedule';
import { queueUnapplied } from './book-unapplied';
import { moveAttempt, providerText } from './move-attempt';
import { MAX_TRIES, type Attempt, type AttemptTerms, type Payment } from './payment';
import { countWhatCame } from './reservations';
import { mayBecome } from './states';
import { bookedOf, receivedAmountOf, settledColumns, termsOf } from './what-came';

interface Found {
	payment: Payment;
	attempt: Attempt;
}

type Settled = Exclude<Outcome, { kind: 'received' }>;

/** The rule for each outcome of an open attempt that takes money from a payer. */
export async function settleDeposit(
	context: Context,
	tx: Tx,
	found: Found,
	outcome: Settled
): Promise<Applied> {
	const { payment, attempt } = found;
	switch (outcome.kind) {
		case 'succeeded':
			await keepCard(context, tx, found, outcome.cardToken);
			await settlePaid(context, tx, found, outcome);
			return 'applied';
		case 'declined': {
			const { reason, soft = false } = outcome;
			return giveUp(context, tx, found, { ...outcome, to: 'declined', reason, soft });
		}
		case 'unreachable': {
			const to = 'declined' as const;
			const words = { reason: 'provider_unavailable', message: outcome.message };
			const nothing = { providerReference: null, soft: true, isUnsent: true };
			return giveUp(context, tx, found, { to, ...words, ...nothing });
		}
		case 'canceled': {
			const reason = attempt.kind === 'card' ? 'authentication_canceled' : 'canceled_by_payer';
			return giveUp(context, tx, found, { ...outcome, to: 'canceled', reason, soft: false });
		}
		case 'action_required': {
			if (attempt.state === 'action_required' || payment.state === 'action_required') {
				return 'ignored';
			}
			const { providerReference } = outcome;
			const action = JSON.stringify(outcome.action);
			await moveAttempt(context, tx, attempt, { to: 'action_required', providerReference, action });
			const change: Change = { to: 'action_required', kind: 'action_required' };
			await advanceTransaction(context, tx, payment, change);
			return 'applied';
		}
		case 'pending':
			return wait(context, tx, found, outcome.providerReference);
		case 'unknown':
			// Silence while the payer is busy elsewhere says nothing about the payer.
			if (attempt.state === 'action_required') return 'ignored';
			return wait(context, tx, found, attempt.providerReference);
		case 'absent':
			return 'ignored';
	}
}

interface Paid {
	providerReference: string;
	/** Not final at the provider: it is asked again, and settle-attested.ts goes on. */
	attested?: boolean;
	/** What came comes to this; left out: all that was asked. */
	terms?: AttemptTerms;
}

/** The money is there: the attempt, the transaction, the event and the ledger say so together. */
export async function settlePaid(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	{ providerReference, attested = false, terms = termsOf(attempt) }: Paid
): Promise<Payment> {
	const { merchantId, mode, transactionId } = payment;
	const isOther = terms.amount !== attempt.amount;
	const paid = { ...attempt, ...terms, state: 'succeeded' as const };
	await moveAttempt(context, tx, attempt, {
		to: 'succeeded',
		providerReference,
		columns: {
			...(isOther && settledColumns(attempt, terms)),
			...(attested && { ask_at: nextAskAt(context.clock.now(), 0), asked: 0 })
		}
	});
	const reservedLimits = isOther
		? await countWhatCame(tx, payment, terms.userAmount - attempt.userAmount)
		: payment.reservedLimits;
	const receivedAmount = receivedAmountOf({ ...payment, state: 'succeeded', attempt: paid });
	const now = { ...payment, attempt: paid, receivedAmount, attested, reservedLimits };
	const settled = await advanceTransaction(context, tx, now, {
		to: 'succeeded',
		kind: 'succeeded',
		reason: null,
		reasonMessage: null,
		columns: {
			...(isOther && { reserved_limits: reservedLimits }),
			...(attested && { attested: 1 })
		}
	});
	const entries = depositPaid(bookedOf(payment, paid));
	await post(context, tx, { merchantId, mode, transactionId, posting: attempt.id, entries });
	return settled;
}

interface Ending {
	to: 'declined' | 'canceled';
	providerReference: string | null;
	reason: string;
	message: string;
	/** Another account may do better. */
	soft: boolean;
	/** Nothing ever got there. */
	isUnsent?: boolean;
}

/**
 * The attempt brought nothing. The payer may try again, unless nobody can: a call of the merchant's
 * server has one try, a payer a few; an account that comes next in the rules counts to neither.
 */
async function giveUp(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	{ to, providerReference, reason, message, soft, isUnsent = false }: Ending
): Promise<Applied> {
	const reasonMessage = providerText(message);
	await moveAttempt(context, tx, attempt, { to, providerReference, reason, reasonMessage });
	// Pending or waiting for the payer, nobody holds the card any more to go on with it.
	const goesOn = soft && attempt.followers > 0 && payment.state === 'created';
	// Tries are counted against those who guess cards; a provider that is down is nobody's guess.
	const isFree = isUnsent && attempt.kind !== 'card' && !goesOn;
	const submissions = payment.submissions - (isFree ? 1 : 0);
	const isLast = payment.oneShot || submissions >= MAX_TRIES;
	const ends = isLast && !goesOn;
	// A payer who called off what a merchant's server began has canceled it.
	const mayCancel = mayBecome(payment.intent, payment.state, 'canceled');
	const end = to === 'canceled' && payment.oneShot && mayCancel ? 'canceled' : 'declined';
	const now = await advanceTransaction(context, tx, payment, {
		to: ends ? end : 'created',
		kind: ends ? end : 'try_declined',
		reason,
		reasonMessage,
		...(isFree && { columns: { submissions } })
	});
	const { receivedAmount: amount, currency } = attempt;
	if (amount > 0) {
		const short = { amount, currency, receiptId: 'short' };
		const named = { ...attempt, providerReference: providerReference ?? attempt.providerReference };
		await queueUnapplied(context, tx, { payment: now, attempt: named }, short, { isRest: true });
	}
	return 'applied';
}

/** Undecided: the worker asks for as long as it takes. */
async function wait(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	providerReference: string | null
): Promise<Applied> {
	if (payment.state === 'pending' && attempt.state === 'sent') {
		const isKnown = providerReference === null || providerReference === attempt.providerReference;
		if (isKnown) return 'ignored';
		await moveAttempt(context, tx, attempt, { to: 'sent', providerReference });
		return 'applied';
	}
	await moveAttempt(context, tx, attempt, { to: 'sent', providerReference });
	await advanceTransaction(context, tx, payment, { to: 'pending', kind: 'pending' });
	return 'applied';
}

async function keepCard(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	token: string | undefined
): Promise<void> {
	const { merchantId, mode, payerReference } = payment;
	const { cardBrand: brand, cardLast4: last4, cardExpiry: expiry } = attempt;
	if (!attempt.keepsCard || !token || payerReference === null || !last4 || !expiry) return;
	const accountId = attempt.providerAccountId;
	const card = { accountId, token, brand, last4, expiry, agreedAt: attempt.createdAt };
	await keepInstrument(context, tx, { merchantId, mode, payerReference, ...card });
}
