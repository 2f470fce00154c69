import { newId, type Context } from '$lib/server/context';
import { ConflictError, isUniqueViolation } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import { describeError } from '$lib/server/log/describe-error';
import type { Card, Outcome } from '$lib/server/providers/provider';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { applyOutcome } from './apply-outcome';
import { nextAskAt } from './ask-schedule';
import { attemptKey } from './attempt-key';
import { describeCard, type CardFacts } from './describe-card';
import type { Payment } from './payment';
import { chooseProviderAccount, type ProviderAccount } from './provider-account';
import { isOpenAttempt } from './states';
import { writeChange } from './write-change';

export interface CardDeposit {
	payment: Payment;
	/** From the form; see attempt-key.ts. */
	attemptKey: string;
	/** Minor units of the payment's currency, checked against the session's limits by the caller. */
	amount: number;
	card: Card;
	returnUrl: string;
	payerIp: string | null;
	description: string | null;
	locale: string;
}

/**
 * Tries a card: writes the intent, commits, calls the provider, writes the outcome. Of any number
 * of equal calls, at once or later, one reaches the provider. `sent` says no more than that: the
 * payment's state tells the outcome. `stale`: this try was made already, elsewhere, or the session
 * has ended; nothing was charged. A provider's fault never throws: it leaves the payment pending.
 */
export async function depositByCard(
	context: Context,
	deposit: CardDeposit
): Promise<'sent' | 'stale' | 'unavailable'> {
	const { payment } = deposit;
	const key = attemptKey(context, payment.transactionId, payment.tries + 1);
	if (!sameSecret(key, deposit.attemptKey)) return 'stale';
	if (payment.state !== 'created') return 'stale';
	if (payment.attempt && isOpenAttempt(payment.attempt.state)) return 'stale';
	const account = await chooseProviderAccount(context, payment);
	if (!account) return 'unavailable';

	const attemptId = newId(context);
	const facts = describeCard(deposit.card);
	try {
		await context.db.inTransaction((tx) =>
			writeIntent(context, tx, { deposit, attemptId, account, facts })
		);
	} catch (error) {
		if (error instanceof ConflictError || isUniqueViolation(error)) return 'stale';
		throw error;
	}
	await applyOutcome(context, attemptId, await callProvider(context, deposit, attemptId, account));
	return 'sent';
}

interface Intent {
	deposit: CardDeposit;
	attemptId: string;
	account: ProviderAccount;
	facts: CardFacts;
}

/**
 * The try is counted by compare-and-set on the version that the form was shown for, and only while
 * the session lasts; the unique indexes on attempts stand behind that.
 */
async function writeIntent(context: Context, tx: Tx, intent: Intent): Promise<void> {
	const { attemptId, account, facts } = intent;
	const { payment, amount } = intent.deposit;
	const now = context.clock.now();
	const number = payment.tries + 1;
	await writeChange(context, tx, payment, {
		kind: 'try_sent',
		columns: { tries: number, amount },
		snapshot: { amount, attemptId, method: 'card' },
		beforeExpiry: true
	});
	await tx
		.insertInto('attempts')
		.values({
			id: attemptId,
			transaction_id: payment.transactionId,
			number,
			provider_account_id: account.id,
			provider: account.provider.name,
			method: 'card',
			state: 'sent',
			amount,
			currency: payment.currency,
			...facts,
			ask_at: nextAskAt(now, 0),
			asked: 0,
			created_at: now,
			updated_at: now
		})
		.execute();
}

async function callProvider(
	context: Context,
	{ payment, amount, card, returnUrl, payerIp, description, locale }: CardDeposit,
	attemptId: string,
	{ provider, call }: ProviderAccount
): Promise<Outcome> {
	try {
		return await provider.payByCard(call, {
			attemptId,
			amount: { amount, currency: payment.currency },
			card,
			returnUrl,
			payerIp,
			description,
			locale
		});
	} catch (error) {
		context.log.error('a provider module failed', { error: describeError(error) });
		// A provider that throws has told nothing: the worker will ask.
		return { kind: 'unknown', message: 'the provider module failed' };
	}
}
