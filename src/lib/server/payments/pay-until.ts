import type { MethodKind } from '$lib/server/providers/method';

const MINUTE_MS = 60_000;

/** How long a payer has for a challenge before it is called off (payer-pages.md, *3-D Secure*). */
export const CHALLENGE_MS = 10 * MINUTE_MS;

/** On a provider's own page people look for passwords and phones. */
const REDIRECT_MS = 30 * MINUTE_MS;

/** Banks are slow, and closed at weekends. */
const TRANSFER_MS = 72 * 60 * MINUTE_MS;

/** Until when an attempt waits for the payer, milliseconds since 1970. */
export function payUntilOf(kind: MethodKind, now: number): number {
	switch (kind) {
		case 'redirect':
			return now + REDIRECT_MS;
		case 'bank_transfer':
			return now + TRANSFER_MS;
		default:
			return now + CHALLENGE_MS;
	}
}
