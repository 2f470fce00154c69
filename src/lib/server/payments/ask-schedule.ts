/** Gaps before the provider is asked about an undecided attempt, in seconds; the last one stays. */
const GAPS_SECONDS = [15, 30, 30, 60, 60, 300, 900, 3600];

/** How long a payer has for a challenge before it is called off (payer-pages.md, *3-D Secure*). */
export const CHALLENGE_MS = 10 * 60_000;

/**
 * When to ask next, in milliseconds, after `asked` inquiries. The first gap is longer than a
 * provider's time limit for a reply, so that nobody asks about a call that is still running; so are the others, for they serve as leases.
 */
export function nextAskAt(now: number, asked: number): number {
	const gap = GAPS_SECONDS[Math.min(asked, GAPS_SECONDS.length - 1)] ?? 3600;
	return now + gap * 1000;
}

/** The same for an open attempt: a challenge's end is not slept through. */
export function nextAskOf(
	{ state, created_at }: { state: string; created_at: number },
	now: number,
	asked: number
): number {
	const next = nextAskAt(now, asked);
	const endsAt = created_at + CHALLENGE_MS;
	return state === 'action_required' && now < endsAt ? Math.min(next, endsAt) : next;
}
