import type { Context } from '$lib/server/context';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The wait after the first, second … try that failed. apis/cashier.md, *Webhook*. */
const gapsMs = [
	5 * second,
	1 * minute,
	5 * minute,
	15 * minute,
	1 * hour,
	4 * hour,
	10 * hour,
	14 * hour,
	20 * hour,
	24 * hour
];

/**
 * When the next try is due, in milliseconds since 1970, after `tries` that failed; null when that
 * was the last. Each wait varies by up to a fifth either way, so that what failed together does
 * not come back together.
 */
export function nextTryAt({ clock, random }: Context, tries: number): number | null {
	const gapMs = gapsMs[tries - 1];
	if (gapMs === undefined) return null;
	const fraction = random.bytes(4).readUInt32BE() / 2 ** 32;
	return clock.now() + Math.round(gapMs * (0.8 + 0.4 * fraction));
}
