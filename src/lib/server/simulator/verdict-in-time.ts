import type { Verdict } from './payments';
import { isRefusedLater } from './payout-rules';

/** How long what is decided later stays undecided. */
export const DECIDES_AFTER_MS = 5_000;

/** How an undecided payment or payout ends when its time has come. */
export function verdictInTime({ rule, kind }: { rule: string; kind: string }): Verdict {
	if (isRefusedLater(rule)) {
		const message = 'The account turned out to be closed: the payout was refused.';
		return { state: 'declined', reason: 'account_closed', message, notice: 'soon' };
	}
	const message = `The ${kind === 'payout' ? 'payout' : 'payment'} went through after a while.`;
	return { state: 'succeeded', reason: null, message, notice: 'soon' };
}
