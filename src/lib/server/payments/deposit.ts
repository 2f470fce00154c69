import { newId, type Context } from '$lib/server/context';
import { ConflictError, isUniqueViolation } from '$lib/server/db/conflict';
import {
	findInstrument,
	openToken,
	type Instrument
} from '$lib/server/instruments/find-instrument';
import type { Exceeded } from '$lib/server/limits/reserve-limits';
import { readMerchantSettings, type KycStatus } from '$lib/server/merchants/merchant-settings';
import { choose } from '$lib/server/routing/choose';
import type { Choice, Explanation } from '$lib/server/routing/decision';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { agreedChoices } from './agreed-choices';
import { applyOutcome } from './apply-outcome';
import { attemptKey } from './attempt-key';
import { describeCard } from './describe-card';
import { payUntilOf } from './pay-until';
import { MAX_TRIES, type Card, type Payment } from './payment';
import { readPaymentOfSession } from './read-payment';
import { LimitReached } from './reservations';
import { sendPayment } from './send-payment';
import { isOpenAttempt } from './states';
import { writeIntent } from './write-intent';

/** What the payer pays with. */
export type Means =
	/** `keep`: the payer agreed that the card is kept for next time. */
	| { kind: 'card'; card: Card; keep: boolean }
	| { kind: 'kept_card'; instrumentId: string; securityCode: string | null }
	| { kind: 'redirect' }
	| { kind: 'bank_transfer' }
	| { kind: 'voucher'; code: string };

export interface Deposit {
	payment: Payment;
	/** From the form; see attempt-key.ts. */
	attemptKey: string;
	/** Minor units of the payment's currency, checked against the session's limits by the caller. */
	amount: number;
	/** The name of an offer. */
	method: string;
	means: Means;
	/** What the merchant said of the payer. */
	payer: { country: string | null; kycStatus: KycStatus | null };
	/**
	 * What the payer agreed to: a sealed quote from the form, null where there was nothing to agree
	 * to. `merchant`: a call of the merchant's server, which takes the terms as they are.
	 */
	agreed: string | null | 'merchant';
	returnUrl: string;
	payerIp: string | null;
	description: string | null;
	locale: string;
	/** A set of rules, or one account, that a call names. */
	routingSetId?: number;
	accountId?: number;
}

/** A deposit with what it takes to send it. */
export interface ReadyDeposit extends Deposit {
	instrument: (Instrument & { token: string }) | null;
}

export type DepositResult =
	/** The payment's state tells the outcome. */
	| { kind: 'sent' }
	/** This try was made already, elsewhere, or the session has ended: nothing was charged. */
	| { kind: 'stale' }
	/** The saved card was removed meanwhile. */
	| { kind: 'card_gone' }
	/** Fees or the rate are others than the payer agreed to. */
	| { kind: 'requote' }
	| { kind: 'unavailable'; explanation: Explanation }
	| { kind: 'limit_reached'; exceeded: Exceeded }
	/** The merchant takes no money from payers of this KYC status. */
	| { kind: 'not_verified' };

/**
 * Tries a deposit: writes the intent, commits, calls the provider, writes the outcome. Of any number
 * of equal calls, at once or later, one reaches the provider. After a soft decline, or where a
 * provider surely got nothing, it goes on to the next account that the rules name; never after an
 * unknown outcome. A provider's fault never throws: it leaves the payment pending.
 */
export async function deposit(context: Context, wanted: Deposit): Promise<DepositResult> {
	const { payment } = wanted;
	const key = attemptKey(context, payment.transactionId, payment.tries + 1);
	const isFresh = sameSecret(key, wanted.attemptKey) && payment.submissions < MAX_TRIES;
	if (!isFresh || !isReady(payment)) return { kind: 'stale' };
	const { merchantId, mode, payerReference } = payment;
	const settings = await readMerchantSettings(context, merchantId, mode);
	if (!settings.kyc.deposit.includes(wanted.payer.kycStatus ?? 'none')) {
		return { kind: 'not_verified' };
	}
	const instrument = await instrumentOf(context, wanted);
	if (instrument === 'gone') return { kind: 'card_gone' };

	const decision = await choose(context, {
		merchantId,
		mode,
		intent: 'deposit',
		transactionId: payment.transactionId,
		method: wanted.method,
		amount: wanted.amount,
		currency: payment.currency,
		payer: { reference: payerReference, ...wanted.payer },
		card: cardFacts(wanted.means, instrument),
		routingSetId: wanted.routingSetId,
		accountId: instrument?.accountId ?? wanted.accountId
	});
	const { explanation } = decision;
	if (decision.choices.length === 0) return { kind: 'unavailable', explanation };
	const choices = agreedChoices(context, wanted, decision.choices);
	if (!choices) return { kind: 'requote' };
	const ready = { ...wanted, instrument };
	return tryInTurn(context, ready, { choices, explanation, limits: settings.limits });
}

/** Whether a try may be made now; a look before the compare-and-set that decides. */
function isReady({ intent, state, attempt }: Payment): boolean {
	return intent === 'deposit' && state === 'created' && !(attempt && isOpenAttempt(attempt.state));
}

interface Plan {
	choices: Choice[];
	explanation: Explanation;
	limits: Awaited<ReturnType<typeof readMerchantSettings>>['limits'];
}

async function tryInTurn(
	context: Context,
	ready: ReadyDeposit,
	{ choices, explanation, limits }: Plan
): Promise<DepositResult> {
	let { payment } = ready;
	for (const [index, choice] of choices.entries()) {
		const attemptId = newId(context);
		const followers = choices.length - index - 1;
		const isFirst = index === 0;
		const payUntil = payUntilOf(choice.offer.kind, context.clock.now());
		const sending = { attemptId, choice, payUntil };
		const intent = { ready, payment, ...sending, followers, isFirst, explanation, limits };
		try {
			await context.db.inTransaction((tx) => writeIntent(context, tx, intent));
		} catch (error) {
			if (error instanceof LimitReached && isFirst) {
				return { kind: 'limit_reached', exceeded: error.exceeded };
			}
			const isLost = error instanceof ConflictError || isUniqueViolation(error);
			if (!isLost && !(error instanceof LimitReached)) throw error;
			return { kind: isFirst ? 'stale' : 'sent' };
		}
		const outcome = await sendPayment(context, ready, sending);
		await applyOutcome(context, attemptId, outcome);
		const isSoft = outcome.kind === 'unreachable' || (outcome.kind === 'declined' && outcome.soft);
		if (!isSoft || followers === 0) break;
		payment = await readPaymentOfSession(context, payment.sessionId);
		// The payer, another tab or a late word may have been faster: then it is theirs.
		if (payment.attempt?.id !== attemptId || !isReady(payment)) break;
	}
	return { kind: 'sent' };
}

async function instrumentOf(
	context: Context,
	{ means, payment }: Deposit
): Promise<ReadyDeposit['instrument'] | 'gone'> {
	if (means.kind !== 'kept_card') return null;
	const { merchantId, mode, payerReference } = payment;
	if (payerReference === null) return 'gone';
	const owner = { merchantId, mode, payerReference };
	const instrument = await findInstrument(context, owner, means.instrumentId);
	return instrument ? { ...instrument, token: openToken(context, instrument) } : 'gone';
}

/** What rules may ask of the card. */
function cardFacts(means: Means, instrument: Instrument | null) {
	if (means.kind === 'card') {
		const { card_brand } = describeCard(means.card);
		return { brand: card_brand, bin: means.card.number.slice(0, 8) };
	}
	return instrument ? { brand: instrument.brand, bin: '' } : undefined;
}
