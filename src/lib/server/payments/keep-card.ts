import type { Context } from '$lib/server/context';
import { describeError } from '$lib/server/log/describe-error';
import type { Card, Destination } from '$lib/server/providers/provider';
import { choose } from '$lib/server/routing/choose';
import { cardLabel, describeCard } from './describe-card';
import { readPayerFacts } from './payer-facts';
import { MAX_TRIES, type Payment } from './payment';

export type KeptForPayout =
	/** Of the number, the label's last four digits are all that is left. */
	| { kind: 'kept'; destination: Destination; label: string }
	/** No provider that was asked takes this card, or takes it now. */
	| { kind: 'refused' }
	/** No account takes such a payout. */
	| { kind: 'unavailable' }
	/** The session's forms with cards are used up. */
	| { kind: 'exhausted' };

interface Wanted {
	/** The name of an offer of kind card_payout. */
	method: string;
	/** Minor units of the payment's currency. */
	amount: number;
	card: Card;
}

/**
 * Gives a card to the provider that would pay to it, for a token: from then on the number is with
 * the provider alone. Nothing of it is written here and no money moves, so the next account may be
 * asked where one refuses or gives no answer. A session has as many tries as for payments, so that
 * nobody finds out here which cards are good.
 */
export async function keepCard(
	context: Context,
	payment: Payment,
	{ method, amount, card }: Wanted
): Promise<KeptForPayout> {
	const { merchantId, mode, transactionId, currency } = payment;
	const { card_brand: brand, card_last4: last4 } = describeCard(card);
	const { choices } = await choose(context, {
		merchantId,
		mode,
		intent: 'withdrawal',
		transactionId,
		method,
		amount,
		currency,
		payer: await readPayerFacts(context, payment),
		card: { brand, bin: card.number.slice(0, 8) }
	});
	if (choices.length === 0) return { kind: 'unavailable' };
	if (!(await countTry(context, payment))) return { kind: 'exhausted' };
	let isRefused = false;
	for (const { account } of choices) {
		if (!account.provider.keepCard) continue;
		isRefused = true;
		try {
			const kept = await account.provider.keepCard(account.call, card);
			if ('refused' in kept) continue;
			const destination = { kind: 'card', token: kept.token, accountId: account.id } as const;
			return { kind: 'kept', destination, label: cardLabel(brand, last4) };
		} catch (error) {
			context.log.error('a card could not be kept', { error: describeError(error) });
		}
	}
	return { kind: isRefused ? 'refused' : 'unavailable' };
}

async function countTry({ db }: Context, { transactionId }: Payment): Promise<boolean> {
	const { numUpdatedRows } = await db.inTransaction((tx) =>
		tx
			.updateTable('transactions')
			.set(({ eb }) => ({ submissions: eb('submissions', '+', 1) }))
			.where('id', '=', transactionId)
			.where('submissions', '<', MAX_TRIES)
			.executeTakeFirst()
	);
	return numUpdatedRows === 1n;
}
