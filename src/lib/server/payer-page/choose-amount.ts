import { digitsOf } from '$lib/money/currencies';
import { formatDecimal, parseDecimal } from '$lib/money/decimal';
import { MAX_AMOUNT } from '$lib/money/money';
import { readAmount } from '$lib/money/read-amount';
import { holdsCardNumber } from './read-card';
import type { Scene } from './scene';

/** An amount that the payer typed and that can't be paid, with words that help. */
export interface AmountProblem {
	/** What was typed, to be shown again. */
	typed: string;
	text: string;
	/** What an ambiguous text may mean, in minor units. */
	readings: number[];
}

export function mayChooseAmount({ session }: Scene): boolean {
	return session.amountEditable || session.amount === null;
}

/**
 * The amount to pay in minor units: the merchant's, or what the payer chose, as a plain decimal in
 * an address or a hidden field. Null: it has to be chosen first. A number that this page did not
 * make is a problem like one that was typed.
 */
export function amountToPay(scene: Scene, chosen: string | null): number | AmountProblem | null {
	const { session, payment } = scene;
	if (!mayChooseAmount(scene)) return session.amount;
	if (chosen === null) return payment.amount ?? session.amount;
	const amount = parseDecimal(chosen, digitsOf(session.currency));
	return typeof amount === 'number'
		? withinLimits(scene, amount, chosen)
		: readChoice(scene, chosen);
}

/** Reads the amount field. */
export function readChoice(scene: Scene, typed: string): number | AmountProblem {
	const { session, request, t, money } = scene;
	const digits = digitsOf(session.currency);
	// A card number in the wrong field is no amount, and must not get into an address.
	const reading = holdsCardNumber(typed)
		? ({ problem: 'not_a_number' } as const)
		: readAmount(typed, digits, request.formatLocale);
	if ('amount' in reading) return withinLimits(scene, reading.amount, typed);
	const problem = (text: string, readings: number[] = []) => ({
		typed: shownAgain(typed),
		text,
		readings
	});
	switch (reading.problem) {
		case 'not_a_number': {
			const example = formatDecimal(session.presetAmounts[0] ?? 20 * 10 ** digits, digits);
			return problem(t('amount.problem.not_a_number', { example }));
		}
		case 'too_many_decimals':
			return problem(t('amount.problem.too_many_decimals', { digits }));
		case 'ambiguous': {
			const [first, second] = reading.readings.map((text) => Number(parseDecimal(text, digits)));
			const readings = [first ?? 0, second ?? 0];
			const [one = '', other = ''] = readings.map((amount) => money(amount));
			const text = t('amount.problem.ambiguous', { first: one, second: other });
			return problem(
				text,
				readings.filter((amount) => isWithinLimits(scene, amount))
			);
		}
		default:
			return problem(t(`amount.problem.${reading.problem}`));
	}
}

/**
 * The sentence that tells the limits before they are exceeded; null where there are none. `bounds`:
 * those of the ways to pay, in minor units.
 */
export function limitsText(
	{ session, t, money }: Scene,
	bounds: { lowest: number; highest: number }
): string | null {
	const least = Math.max(session.lowestAmount, bounds.lowest);
	const most = Math.min(session.highestAmount, bounds.highest);
	const lowest = least > 1 ? money(least) : null;
	const highest = most < MAX_AMOUNT ? money(most) : null;
	if (lowest && highest) return t('amount.between', { lowest, highest });
	if (lowest) return t('amount.from', { lowest });
	return highest && t('amount.to', { highest });
}

export function isWithinLimits({ session }: Scene, amount: number): boolean {
	return amount > 0 && amount >= session.lowestAmount && amount <= session.highestAmount;
}

/** The plain decimal that stands for an amount in addresses and hidden fields. */
export function plainAmount({ session }: Scene, amount: number): string {
	return formatDecimal(amount, digitsOf(session.currency));
}

function withinLimits(scene: Scene, amount: number, typed: string): number | AmountProblem {
	const { session, t, money } = scene;
	if (isWithinLimits(scene, amount)) return amount;
	const text =
		amount > session.highestAmount
			? t('amount.problem.too_high', { highest: money(session.highestAmount) })
			: t('amount.problem.too_low', { lowest: money(Math.max(1, session.lowestAmount)) });
	return { typed: shownAgain(typed), text, readings: [] };
}

/** Somebody may type a card number into the wrong field: it isn't sent back. */
function shownAgain(typed: string): string {
	return typed.length > 64 || holdsCardNumber(typed) ? '' : typed;
}
