import cardValidator from 'card-validator';
import { approve, decline, loseIt, rule, type Rule } from './rule';

/** A card whose number is published here so that people can try things out. */
export interface TestCard extends Rule {
	/** As printed on a card, in groups. */
	number: string;
	brand: string;
}

/** Every rule. The numbers are the usual ones of test systems where such exist; all pass Luhn. */
export const testCards: readonly TestCard[] = [
	card('4242 4242 4242 4242', 'approved', approve, 'is always approved'),
	card('4111 1111 1111 1111', 'approved', approve, 'is always approved'),
	card('5555 5555 5555 4444', 'approved', approve, 'is always approved'),
	card('3782 822463 10005', 'approved', approve, 'is always approved'),
	card('4000 0000 0000 0002', 'declined', decline('declined'), 'is always declined'),
	card(
		'4000 0000 0000 9995',
		'insufficient_funds',
		decline('insufficient_funds'),
		'never has enough money on it'
	),
	card('4000 0000 0000 0069', 'expired_card', decline('expired_card'), 'has always expired'),
	card('4000 0000 0000 9987', 'lost_card', decline('lost_card'), 'was reported lost'),
	card(
		'4000 0000 0000 0119',
		'processing_error',
		decline('processing_error'),
		'always meets an error at the bank'
	),
	card(
		'4000 0000 0000 3055',
		'frictionless',
		approve,
		'passes 3-D Secure without a question and is approved'
	),
	card(
		'4000 0000 0000 3220',
		'challenge',
		{ state: 'challenge' },
		'asks for 3-D Secure, and the answer at the bank decides'
	),
	card('4000 0000 0000 5019', 'hang_charged', approve, 'is charged, but the answer never comes', {
		reply: 'hang'
	}),
	card(
		'4000 0000 0000 5027',
		'hang_lost',
		loseIt,
		'gets lost on the way: no answer comes and nothing is charged',
		{ reply: 'hang' }
	),
	card(
		'4000 0000 0000 5035',
		'garbage_charged',
		approve,
		'is charged, but the answer cannot be read',
		{ reply: 'garbage' }
	),
	card(
		'4000 0000 0000 5043',
		'late_notice',
		approve,
		'is approved, and the notification comes 30 seconds late',
		{ notice: 'late' }
	),
	card(
		'4000 0000 0000 5050',
		'double_notice',
		approve,
		'is approved, and the notification comes twice',
		{ notice: 'twice' }
	),
	card(
		'4000 0000 0000 5068',
		'early_notice',
		approve,
		'is approved, and the notification comes before the answer',
		{ notice: 'before_reply' }
	)
];

const cardsByNumber = new Map(testCards.map((each) => [digitsOf(each.number), each]));

/** The test card of a number of digits only; undefined: it is none. */
export function testCardOf(number: string): TestCard | undefined {
	return cardsByNumber.get(number);
}

/** The rule for a number of digits only. No rule approves a number that isn't in the table. */
export function ruleFor(number: string): Rule {
	const known = testCardOf(number);
	if (known) return known;
	return cardValidator.number(number).isValid
		? rule(
				'unknown_card',
				decline('declined'),
				'This is not a test card: the simulator lists the cards it knows at /simulator.'
			)
		: rule(
				'invalid_number',
				decline('invalid_number'),
				'This is not a card number; the simulator lists its test cards at /simulator.'
			);
}

/** The brand by the number's first digits (`visa`, `mastercard`), null where none is known. */
export function brandOf(number: string): string | null {
	return cardValidator.number(number).card?.type ?? null;
}

function card(
	number: string,
	name: string,
	decision: Rule['decision'],
	does: string,
	manner: Parameters<typeof rule>[3] = {}
): TestCard {
	const digits = digitsOf(number);
	// Sentences travel into stored reasons and logs, where no card number may be.
	const sentence = `The test card ending in ${digits.slice(-4)} ${does}.`;
	return { number, brand: brandOf(digits) ?? '', ...rule(name, decision, sentence, manner) };
}

function digitsOf(number: string): string {
	return number.replaceAll(' ', '');
}
