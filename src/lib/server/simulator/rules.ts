import cardValidator from 'card-validator';

/** What the make-believe acquirer does with a card. The card's number alone chooses it. */
export interface Rule {
	name: string;
	decision: Decision;
	/** How it answers once it has decided; a hang or a garbled answer leaves the asker in doubt. */
	reply: 'plain' | 'hang' | 'garbage';
	notice: 'soon' | 'late' | 'twice' | 'before_reply';
	/** States the rule, in words for whoever meets it. Names a card by its last four digits only. */
	sentence: string;
}

/** A card whose number is published here so that people can try things out. */
export interface TestCard extends Rule {
	/** As printed on a card, in groups. */
	number: string;
	brand: string;
}

export type SimulatorReason =
	| 'declined'
	| 'insufficient_funds'
	| 'expired_card'
	| 'lost_card'
	| 'processing_error'
	| 'invalid_number'
	| 'authentication_failed'
	| 'authentication_canceled';

type Decision =
	| { state: 'succeeded' }
	| { state: 'declined'; reason: SimulatorReason }
	| { state: 'challenge' }
	/** It answers nothing and remembers nothing, as if the request had got lost. */
	| { state: 'never_recorded' };

const approve: Decision = { state: 'succeeded' };
const decline = (reason: SimulatorReason): Decision => ({ state: 'declined', reason });

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
		{ state: 'never_recorded' },
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

/** The rule for a number of digits only. No rule approves a number that isn't in the table. */
export function ruleFor(number: string): Rule {
	const known = cardsByNumber.get(number);
	if (known) return known;
	const isCard = cardValidator.number(number).isValid;
	return {
		name: isCard ? 'unknown_card' : 'invalid_number',
		decision: decline(isCard ? 'declined' : 'invalid_number'),
		reply: 'plain',
		notice: 'soon',
		sentence: isCard
			? 'This is not a test card: the simulator lists the cards it knows at /simulator.'
			: 'This is not a card number; the simulator lists its test cards at /simulator.'
	};
}

/** The brand by the number's first digits (`visa`, `mastercard`), null where none is known. */
export function brandOf(number: string): string | null {
	return cardValidator.number(number).card?.type ?? null;
}

function card(
	number: string,
	name: string,
	decision: Decision,
	does: string,
	manner: Partial<Pick<Rule, 'reply' | 'notice'>> = {}
): TestCard {
	const digits = digitsOf(number);
	return {
		number,
		brand: brandOf(digits) ?? '',
		name,
		decision,
		reply: 'plain',
		notice: 'soon',
		// Sentences travel into stored reasons and logs, where no card number may be.
		sentence: `The test card ending in ${digits.slice(-4)} ${does}.`,
		...manner
	};
}

function digitsOf(number: string): string {
	return number.replaceAll(' ', '');
}
