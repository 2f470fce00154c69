import type { Context } from '$lib/server/context';
import { readMerchantSettings } from '$lib/server/merchants/merchant-settings';
import { findProviderAccount } from '$lib/server/routing/provider-account';
import { chooseForLeg, isClosedForNow } from './choose-for-leg';
import { cardLabel } from './describe-card';
import type { NewLeg } from './leg';
import type { Payment } from './payment';
import { readSourceLeft } from './source-left';

/** More parts than this would make a page, and a merchant's books, hard to read. */
const MAX_ORIGINS = 10;
/** More deposits of one payer than anybody withdraws at once. */
const MAX_SOURCES = 500;

export interface WithdrawalPlan {
	/** What goes back to the cards that deposits came from, newest first. */
	origins: NewLeg[];
	/** Minor units that remain for an account of the payer's choice. */
	rest: number;
	/**
	 * Minor units that have to go back to cards and cannot now: another request of the payer's waits
	 * for them, or they are more parts than one withdrawal has. With any, nothing can be withdrawn.
	 */
	blocked: number;
}

/**
 * How a withdrawal is split where the merchant keeps a closed loop: first back to the cards that the
 * payer's deposits in this currency came from, to each up to what came and has not gone back. What a
 * card's provider cannot take back is the payer's choice; what waits in another request is not, for
 * that request may be taken back. Without a closed loop all of it is the payer's choice.
 */
export async function planWithdrawal(
	context: Context,
	payment: Payment,
	amount: number
): Promise<WithdrawalPlan> {
	const { merchantId, mode, payerReference } = payment;
	const { closedLoop } = await readMerchantSettings(context, merchantId, mode);
	if (!closedLoop || payerReference === null) return { origins: [], rest: amount, blocked: 0 };
	const origins: NewLeg[] = [];
	let rest = amount;
	const sources = await readSources(context, payment);
	const ids = sources.map(({ attemptId }) => attemptId);
	const left = await readSourceLeft(context.db.read, ids);
	let blocked = 0;
	for (const source of sources) {
		const { free = 0, held = 0 } = left.get(source.attemptId) ?? {};
		const share = Math.min(rest, free);
		const leg = share > 0 && (await legTo(context, payment, source, share));
		// What is not final may have nothing behind it: it is waited for.
		const isFinal = source.attested === 0;
		if (leg && isFinal && origins.length < MAX_ORIGINS) origins.push(leg);
		else if (leg) blocked += share;
		if (leg) rest -= share;
		const waiting = Math.min(rest, held);
		blocked += waiting;
		rest -= waiting;
		if (rest === 0) break;
	}
	return { origins, rest, blocked };
}

type Source = Awaited<ReturnType<typeof readSources>>[number];

/** The card deposits of the payer, newest first. */
async function readSources({ db }: Context, payment: Payment) {
	const { merchantId, mode, payerReference, currency } = payment;
	return db.read
		.selectFrom('transactions as t')
		.innerJoin('attempts as a', (join) =>
			join.onRef('a.transaction_id', '=', 't.id').onRef('a.number', '=', 't.tries')
		)
		.select([
			'a.id as attemptId',
			'a.provider_account_id as accountId',
			'a.provider_reference as providerReference',
			'a.card_brand as brand',
			'a.card_last4 as last4',
			't.attested'
		])
		.where('t.merchant_id', '=', merchantId)
		.where('t.mode', '=', mode)
		.where('t.payer_reference', '=', payerReference)
		.where('t.intent', '=', 'deposit')
		.where('t.state', '=', 'succeeded')
		.where('t.reversed', '=', 0)
		.where('t.currency', '=', currency)
		.where('a.kind', '=', 'card')
		.whereRef('t.refunded_amount', '<', 'a.user_amount')
		.orderBy('t.id', 'desc')
		.limit(MAX_SOURCES)
		.execute();
}

/**
 * Undefined: its provider sends nothing back to cards, or nothing of this size. One that is closed
 * for now is waited for.
 */
async function legTo(
	context: Context,
	payment: Payment,
	{ accountId, attemptId, providerReference, brand, last4 }: Source,
	amount: number
): Promise<NewLeg | undefined> {
	const account = await findProviderAccount(context, accountId);
	const offer = account?.provider.methods.find(({ kind }) => kind === 'card_payout');
	if (!account?.provider.payOut || !offer || providerReference === null) return undefined;
	const leg: NewLeg = {
		method: offer.name,
		kind: offer.kind,
		amount,
		destination: { kind: 'origin', attemptId, providerReference, accountId },
		label: cardLabel(brand, last4),
		sourceAttemptId: attemptId
	};
	const { choices, explanation } = await chooseForLeg(context, payment, leg);
	return choices.length > 0 || isClosedForNow(explanation) ? leg : undefined;
}
