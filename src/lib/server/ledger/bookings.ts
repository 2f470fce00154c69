import type { Money } from '$lib/money/money';
import type { LedgerAccount } from './accounts';
import type { Entry } from './posting';

/**
 * The entries of each business fact, which add up to 0 in each currency. Amounts are minor units.
 * Where a provider moves another currency than the transaction's, the money crosses `fx`: in at
 * the one currency, out at the other.
 */

/** A part of a transaction, without the payer's fee: minor units of the transaction's currency. */
interface Part {
	currency: string;
	amount: number;
}

/** Money that a provider moved for a transaction. */
interface Booked extends Part {
	/** What the payer bears: on top of a deposit, inside a payout. */
	fee: number;
	/** What the merchant bears, taken from `available`. */
	merchantFee: number;
	/**
	 * What passed between payer and provider, in the provider's currency: all that a payer paid, all
	 * that a payer received.
	 */
	provider: Money;
	/**
	 * What converting cost the payer, in the provider's currency: a part of what was paid in, or what
	 * was kept from what would have been paid out. 0 where nothing was converted.
	 */
	fxFee: number;
}

/** A payer paid: the merchant has the amount, less its own fee; fees are kept. */
export function depositPaid(booked: Booked): Entry[] {
	const { currency, amount, fee, merchantFee, provider, fxFee } = booked;
	return [
		...takeIn({ currency, amount: amount + fee }, provider, fxFee),
		entry('available', currency, amount - merchantFee),
		entry('fees', currency, fee + merchantFee)
	];
}

/** What a provider had attested did not come: the merchant owes what it was credited. */
export function depositReversed(booked: Booked): Entry[] {
	return depositPaid(booked).map((line) => entry(line.account, line.currency, -line.amount));
}

/** A payer asked for money: it can't be asked for twice. */
export function withdrawalRequested({ currency, amount }: Part): Entry[] {
	return moved(currency, amount, 'available', 'reserved');
}

/** A withdrawal, or a leg of it, ended before it was sent. */
export function withdrawalReleased({ currency, amount }: Part): Entry[] {
	return moved(currency, amount, 'reserved', 'available');
}

/** A payout is about to be asked of a provider. Whatever comes of it, it is not at hand. */
export function payoutSent({ currency, amount }: Part): Entry[] {
	return moved(currency, amount, 'reserved', 'in_transit');
}

/** The provider said that a payout will not be made: the money is the merchant's again. */
export function payoutFailed({ currency, amount }: Part): Entry[] {
	return moved(currency, amount, 'in_transit', 'available');
}

/** A payer was paid: the amount is gone, less the payer's fee, and the merchant bears its own. */
export function payoutPaid({ currency, amount, fee, merchantFee, provider, fxFee }: Booked) {
	return [
		entry('in_transit', currency, -amount),
		...giveOut({ currency, amount: amount - fee }, provider, fxFee),
		entry('fees', currency, fee + merchantFee),
		entry('available', currency, -merchantFee)
	];
}

interface BookedRefund extends Part {
	/** The payer's fee that goes back with the amount. */
	fee: number;
}

/** A refund is about to be asked of a provider. The fee that goes back leaves the fees. */
export function refundRequested({ currency, amount, fee }: BookedRefund): Entry[] {
	return [
		entry('available', currency, -amount),
		entry('fees', currency, -fee),
		entry('in_transit', currency, amount + fee)
	];
}

/** The provider refused a refund. */
export function refundFailed(refund: BookedRefund): Entry[] {
	return refundRequested(refund).map((line) => entry(line.account, line.currency, -line.amount));
}

/**
 * A payer has the refund. `provider` is what came back to the payer, in the provider's currency,
 * with `fxFee`, the part of the fee for converting that goes back, inside.
 */
export function refundPaid(refund: BookedRefund & { provider: Money; fxFee: number }): Entry[] {
	const { currency, amount, fee, provider, fxFee } = refund;
	return [
		entry('in_transit', currency, -(amount + fee)),
		...giveOut({ currency, amount: amount + fee }, provider, -fxFee)
	];
}

/** Money arrived that nothing waited for, or not yet for as much. */
export function moneyUnapplied({ currency, amount }: Money): Entry[] {
	return moved(currency, amount, 'payers', 'unapplied');
}

/** Such money went back to the payer, or found its use and is booked anew as what it is. */
export function unappliedReturned({ currency, amount }: Money): Entry[] {
	return moved(currency, amount, 'unapplied', 'payers');
}

/** `own` came from the payer as `provider`, a fee for converting in it. */
function takeIn(own: Money, provider: Money, fxFee: number): Entry[] {
	return giveOut({ ...own, amount: -own.amount }, { ...provider, amount: -provider.amount }, fxFee);
}

/**
 * `own` leaves and reaches the payer as `provider`; a fee for converting is kept beside it.
 * @throws Error, a defect, where one currency is on both sides and the amounts differ.
 */
function giveOut(own: Money, provider: Money, fxFee: number): Entry[] {
	if (provider.currency === own.currency) {
		if (provider.amount !== own.amount || fxFee !== 0) {
			throw new Error('What a provider moved is not what the payer and the books agreed on');
		}
		return [entry('payers', own.currency, own.amount)];
	}
	return [
		entry('payers', provider.currency, provider.amount),
		entry('fees', provider.currency, fxFee),
		entry('fx', provider.currency, -(provider.amount + fxFee)),
		entry('fx', own.currency, own.amount)
	];
}

function moved(currency: string, amount: number, from: LedgerAccount, to: LedgerAccount): Entry[] {
	return [entry(from, currency, -amount), entry(to, currency, amount)];
}

/** Without the negative zero, which is a zero to nobody but JavaScript. */
function entry(account: LedgerAccount, currency: string, amount: number): Entry {
	return { account, currency, amount: amount + 0 };
}
