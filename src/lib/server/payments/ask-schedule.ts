/** Gaps before the provider is asked about an undecided attempt, in seconds; the last one stays. */
const GAPS_SECONDS = [15, 30, 30, 60, 60, 300, 900, 3600];

/**
 * When to ask next, in milliseconds, after `asked` inquiries. The first gap is longer than a
 * provider's time limit for a reply, so that nobody asks about a call that is still running; so are
 * the others, for they serve as leases.
 */
export function nextAskAt(now: number, asked: number): number {
	const gap = GAPS_SECONDS[Math.min(asked, GAPS_SECONDS.length - 1)] ?? 3600;
	return now + gap * 1000;
}

/** The same for an open attempt: the end of the payer's time is not slept through. */
export function nextAskOf(
	{ state, pay_until }: { state: string; pay_until: number | null },
	now: number,
	asked: number
): number {
	const next = nextAskAt(now, asked);
	const isWaiting = state === 'action_required' && pay_until !== null && now < pay_until;
	return isWaiting ? Math.min(next, pay_until) : next;
}
