import cardValidator from 'card-validator';

/** Years ahead; no card is issued for longer than this. */
const MOST_YEARS_AHEAD = 20;

/** What is wrong with a number of digits only. `incomplete`: more of it is still to come. */
export type NumberProblem = 'incomplete' | 'too_long' | 'invalid' | 'unsupported';

/**
 * Checks a card number, digits only, by its brand's lengths and Luhn. `brands` are those that are
 * accepted, by card-validator's names; null: all that it knows. Undefined: nothing is wrong.
 */
export function checkNumber(digits: string, brands: string[] | null): NumberProblem | undefined {
	const { card, isValid } = cardValidator.number(digits);
	if (isValid && card) {
		return brands === null || brands.includes(card.type) ? undefined : 'unsupported';
	}
	const longest = Math.max(...(card?.lengths ?? [19]));
	if (digits.length > longest) return 'too_long';
	const isWhole = card ? card.lengths.includes(digits.length) : digits.length >= 13;
	return isWhole ? 'invalid' : 'incomplete';
}

/**
 * Checks the month (1 to 12) and the year (four digits) until which a card is good, at a moment in
 * milliseconds: until the last day of its month is over everywhere on earth.
 */
export function checkExpiry(
	{ month, year }: { month: number; year: number },
	now: number
): 'impossible' | 'expired' | undefined {
	const lastYear = new Date(now).getUTCFullYear() + MOST_YEARS_AHEAD;
	if (month < 1 || month > 12 || year > lastYear) return 'impossible';
	const endsAt = Date.UTC(year, month, 1, 12);
	return endsAt <= now ? 'expired' : undefined;
}

/** How many digits the security code has, by the beginning of the card's number. */
export function codeLengthsOf(digits: string): number[] {
	const size = cardValidator.number(digits).card?.code.size;
	return size === undefined ? [3, 4] : [size];
}
