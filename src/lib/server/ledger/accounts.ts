/**
 * Where money can be. Each merchant, mode and currency has every account once; together they are
 * always 0, since money that is in one place came from another.
 *
 * - `payers`: the outside world. Negative: it gave more than it got back.
 * - `unapplied`: money that arrived without a use. It is not the merchant's yet, and may go back.
 * - `available`: what the merchant may pay out. A refund or a fee may take it below 0: then the
 *   merchant owes.
 * - `reserved`: asked for by withdrawals, and not sent yet.
 * - `in_transit`: on its way out, by a payout or a refund that the provider has not decided.
 * - `fees`: kept from payers, and charged to the merchant.
 * - `fx`: the position from conversions, of which one currency has the one side and another the
 *   other: positive in what was taken in, negative in what the merchant was given for it.
 *
 * They stand in the order in which a posting touches them (decision 0007): money that arrives is
 * booked first and given its use later in the same transaction, so `payers` and `unapplied` lead.
 */
export const ledgerAccounts = [
	'payers',
	'unapplied',
	'available',
	'reserved',
	'in_transit',
	'fees',
	'fx'
] as const;

export type LedgerAccount = (typeof ledgerAccounts)[number];
