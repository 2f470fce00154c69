import type { Translate } from '$lib/i18n/translate';

/** Test mode's help: three of the simulator's numbers; its own page lists them all. */
export function testCardsOf(t: Translate) {
	return {
		heading: t('test.cards'),
		explanation: t('test.explanation'),
		cards: [
			t('test.card.succeeds', { number: ltr('4242 4242 4242 4242') }),
			t('test.card.challenge', { number: ltr('4000 0000 0000 3220') }),
			t('test.card.declined', { number: ltr('4000 0000 0000 0002') })
		],
		rest: t('test.card.rest')
	};
}

/** U+2066 and U+2069: groups of digits keep their order in a line that runs from the right. */
function ltr(number: string): string {
	return `\u2066${number}\u2069`;
}
