import type { Ending } from '$lib/server/webhooks/read-ending';
import { isResult, type Step } from './page-step';

/** What decides whether the payer may leave. Moments in milliseconds since 1970. */
interface Standing {
	step: Step;
	/** The dialect promises that the merchant hears first. */
	isAwaited: boolean;
	/** The merchant's server made the one try, and heard what came of it in its answer. */
	isOneShot: boolean;
	/** Null: the end is not written yet. */
	ending: Ending | null;
	/** Of the session. */
	expiresAt: number;
	/** When the payment changed last. */
	changedAt: number;
}

/** What keeps the payer on the page of an end, while the merchant is told of it. */
export interface Barrier {
	/** In how many milliseconds the way back opens at the latest; null: it is open. */
	opensInMs: number | null;
	/** How long the page of the end then stays before it leaves by itself. */
	leaveAfterMs: number;
}

/** The longest that a merchant's server can keep a payer: apis/charges.md, *Webhook*. */
const HOLD_MS = 5000;
/** Long enough to read how it ended. */
const READING_MS = 5000;
/** Long enough to see that the way back has opened. */
const MOMENT_MS = 2000;

/**
 * Whether the way back to the merchant is open at a moment: once the merchant's server has answered
 * the webhook of the end, or 5 s after the end, whichever is first. What is read meanwhile counts as
 * read. A session whose time is up ended at that time, before anybody has written it down.
 */
export function barrierAt(standing: Standing, now: number): Barrier {
	const { step, isAwaited, isOneShot, ending, expiresAt, changedAt } = standing;
	if (isOneShot) return { opensInMs: null, leaveAfterMs: 0 };
	if (!isAwaited || !isResult(step)) return { opensInMs: null, leaveAfterMs: READING_MS };
	const endedAt = ending?.at ?? Math.max(expiresAt, changedAt);
	const opensInMs = endedAt + HOLD_MS - now;
	// More than that can only be a clock that was set back: nobody is kept for it.
	const isHeld = opensInMs > 0 && opensInMs <= HOLD_MS;
	if (!ending?.isHeard && isHeld) return { opensInMs, leaveAfterMs: READING_MS };
	const unreadMs = endedAt + READING_MS - now;
	// Whoever opens the page long afterwards reads it for the first time.
	const isNew = now < endedAt + HOLD_MS + READING_MS;
	return { opensInMs: null, leaveAfterMs: isNew ? Math.max(MOMENT_MS, unreadMs) : READING_MS };
}
