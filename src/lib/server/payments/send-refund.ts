import type { Context } from '$lib/server/context';
import type { RefundOutcome } from '$lib/server/providers/outcome';
import { findProviderAccount } from '$lib/server/routing/provider-account';
import { applyRefund } from './apply-refund';
import { callProvider } from './call-provider';
import { findRefund, type Refund } from './read-refund';

/**
 * Asks the provider for a refund that was written down. Safe to repeat: the refund's id is the key
 * that the provider knows it by.
 */
export async function sendRefund(context: Context, refundId: string): Promise<void> {
	const refund = await findRefund(context.db.read, refundId);
	if (refund.state !== 'requested') return;
	await applyRefund(context, refundId, await send(context, refund));
}

/** Asks how an undecided refund stands. One that the provider never saw is asked for again. */
export async function settleRefund(context: Context, refundId: string): Promise<void> {
	const refund = await findRefund(context.db.read, refundId);
	if (refund.state !== 'requested' && refund.state !== 'pending') return;
	const outcome = await inquire(context, refund);
	const again = outcome.kind === 'absent' && refund.state === 'requested';
	await applyRefund(context, refundId, again ? await send(context, refund) : outcome);
}

async function send(context: Context, refund: Refund): Promise<RefundOutcome> {
	const { id: refundId, attemptId, providerAmount, providerCurrency, providerAccountId } = refund;
	const amount = { amount: providerAmount, currency: providerCurrency };
	const providerReference = await referenceOf(context, refund);
	if (providerReference === null)
		return { kind: 'failed', message: 'The payment is not known there' };
	return callProvider(context, async () => {
		const account = await findProviderAccount(context, providerAccountId);
		const order = { refundId, attemptId, providerReference, amount };
		if (!account) return { kind: 'unknown', message: 'the provider account is gone' };
		if (!account.provider.refund) {
			return { kind: 'failed', message: 'This provider gives nothing back' };
		}
		return account.provider.refund(account.call, order);
	});
}

async function inquire(context: Context, refund: Refund): Promise<RefundOutcome> {
	const { id: refundId, attemptId, providerReference, providerAccountId } = refund;
	return callProvider(context, async () => {
		const account = await findProviderAccount(context, providerAccountId);
		const asked = { refundId, attemptId, providerReference };
		const outcome = await account?.provider.inquireRefund?.(account.call, asked);
		return outcome ?? { kind: 'unknown', message: 'nobody can be asked' };
	});
}

/** The provider's reference of the payment: of the attempt, or of money that came for it later. */
async function referenceOf({ db }: Context, refund: Refund): Promise<string | null> {
	const { unappliedId, attemptId } = refund;
	if (unappliedId === null) {
		const attempt = await db.read
			.selectFrom('attempts')
			.select('provider_reference')
			.where('id', '=', attemptId)
			.executeTakeFirst();
		return attempt?.provider_reference ?? null;
	}
	const money = await db.read
		.selectFrom('unapplied_money')
		.select('provider_reference')
		.where('id', '=', unappliedId)
		.executeTakeFirst();
	return money?.provider_reference ?? null;
}
