import type { TestInput } from './rule';

/** What the make-believe acquirer does with a refund. The end of its amount chooses it. */
export interface RefundRule {
	does: 'refuse' | 'wait' | 'hang' | 'lose' | 'refund';
	sentence: string;
}

const byEnding: Record<number, RefundRule> = {
	13: { does: 'refuse', sentence: 'A refund whose amount ends in 13 is refused.' },
	14: {
		does: 'wait',
		sentence:
			'A refund whose amount ends in 14 is undecided for five seconds and then goes through.'
	},
	15: {
		does: 'hang',
		sentence: 'A refund whose amount ends in 15 goes through, but the answer never comes.'
	},
	16: {
		does: 'lose',
		sentence: 'A refund whose amount ends in 16 gets lost: no answer comes and nothing goes back.'
	}
};

export const testRefunds: readonly TestInput[] = Object.entries(byEnding).map(
	([ending, { sentence }]) => ({ input: `… ${ending}`, sentence })
);

/** The rule for an amount of minor units. */
export function ruleForRefund(amount: number): RefundRule {
	return byEnding[amount % 100] ?? { does: 'refund', sentence: 'The refund went through.' };
}
