import type { Context } from '$lib/server/context';
import { seal, unseal } from '$lib/server/merchants/seal';
import type { NewLeg } from './leg';
import type { Payment } from './payment';

/** As long as a quote holds: after that the payer enters the account again. */
const DRAFT_MS = 15 * 60_000;

/** What a payer is shown before confirming: where the money goes, and what that costs. */
export interface WithdrawalDraft {
	legs: NewLeg[];
	/** The payer's fees, minor units of the payment's currency. */
	fee: number;
}

/**
 * A withdrawal that is not asked for yet, as text for a form: encrypted, so that an account is
 * neither written nor readable in a page before the payer confirms it.
 */
export function sealDraft(context: Context, payment: Payment, draft: WithdrawalDraft): string {
	const text = JSON.stringify({ ...draft, sealedAt: context.clock.now() });
	return seal(context, place(payment), text);
}

/** Undefined: not ours, of another transaction, or older than 15 minutes. */
export function openDraft(
	context: Context,
	payment: Payment,
	sealed: string
): WithdrawalDraft | undefined {
	const text = opened(context, payment, sealed);
	if (text === undefined) return undefined;
	const { sealedAt, ...draft } = JSON.parse(text) as WithdrawalDraft & { sealedAt: number };
	return context.clock.now() - sealedAt <= DRAFT_MS ? draft : undefined;
}

function opened(context: Context, payment: Payment, sealed: string): string | undefined {
	try {
		return unseal(context, place(payment), sealed);
	} catch {
		return undefined;
	}
}

function place({ transactionId }: Payment): string {
	return `withdrawal_draft:${transactionId}`;
}
