/**
 * An amount of money. Never a float: `amount` counts minor units (cents, fils, whole yen), and how
 * many of them make one unit is the currency's affair (`digitsOf`). architecture.md, invariant 1.
 */
export interface Money {
	/** Integer of minor units, between -MAX_AMOUNT and MAX_AMOUNT. */
	amount: number;
	/** ISO 4217 alphabetic code in capitals. */
	currency: string;
}

/**
 * The largest amount, in minor units: fifteen nines. A double carries every decimal of fifteen
 * digits unchanged, so even a reader of our JSON that knows only floats gets the exact amount.
 */
export const MAX_AMOUNT = 999_999_999_999_999;
