/** What the make-believe acquirer does with a payment or payout. Its input alone chooses it. */
export interface Rule {
	name: string;
	decision: Decision;
	/** How it answers once it has decided; a hang or a garbled answer leaves the asker in doubt. */
	reply: 'plain' | 'hang' | 'garbage';
	notice: 'soon' | 'late' | 'twice' | 'before_reply';
	/** States the rule, in words for whoever meets it. Names an input by its last digits only. */
	sentence: string;
}

type Decision =
	| { state: 'succeeded' }
	| { state: 'declined'; reason: SimulatorReason }
	/** The payer answers on a page: of the bank, of the wallet. */
	| { state: 'challenge' | 'redirect' }
	/** Money is to arrive on its own. */
	| { state: 'awaiting' }
	/** It decides by itself some seconds later; `verdictInTime` says how. */
	| { state: 'accepted' }
	/** It answers nothing and remembers nothing, as if the request had got lost. */
	| { state: 'never_recorded' };

export type SimulatorReason =
	| 'declined'
	| 'insufficient_funds'
	| 'expired_card'
	| 'lost_card'
	| 'processing_error'
	| 'invalid_number'
	| 'unknown_token'
	| 'authentication_failed'
	| 'authentication_canceled'
	| 'invalid_voucher'
	| 'used_voucher'
	| 'invalid_account'
	| 'account_closed'
	| 'unknown_original';

export const approve = { state: 'succeeded' } as const satisfies Decision;

export const decideLater = { state: 'accepted' } as const satisfies Decision;

export const loseIt = { state: 'never_recorded' } as const satisfies Decision;

export const decline = (reason: SimulatorReason) => ({ state: 'declined', reason }) as const;

/** A rule that answers and notifies as usual, unless `manner` says otherwise. */
export function rule(
	name: string,
	decision: Decision,
	sentence: string,
	manner: Partial<Pick<Rule, 'reply' | 'notice'>> = {}
): Rule {
	return { name, decision, reply: 'plain', notice: 'soon', sentence, ...manner };
}

/** The rule for everything that is asked of an account whose temper is `moody`. */
export const moody = rule(
	'moody',
	decline('processing_error'),
	'This account of the simulator is moody: it declines everything.'
);

/** An input that is published so that people can try things out. */
export interface TestInput {
	/** As a person types or reads it. */
	input: string;
	sentence: string;
}
