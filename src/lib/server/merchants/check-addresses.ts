import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { checkResolvedAddress } from '$lib/server/outgoing/check-address';
import { readOrigin } from './origin';

/**
 * What keeps a payer from being returned to an address, as a rule; null: nothing. Its origin must be
 * on the application's list; an empty list allows none in live mode and any in test mode
 * (security.md, *Incoming*).
 */
export function checkReturnAddress(
	{ returnOrigins }: { returnOrigins: string[] },
	mode: Mode,
	address: string
): string | null {
	const origin = readOrigin(address, mode);
	if (!origin) return 'must be an https address (in test mode also http on localhost)';
	const isAny = returnOrigins.length === 0 && mode === 'test';
	if (isAny || returnOrigins.includes(origin)) return null;
	return `${origin} is not on the application's list of return origins`;
}

/**
 * What keeps webhooks from an address, as a rule; null: nothing. It must lead nowhere inside, as far
 * as can be told now; each delivery looks again.
 */
export async function checkWebhookAddress(
	{ config }: Context,
	mode: Mode,
	address: string
): Promise<string | null> {
	const allowLoopback = mode === 'test' && !config.live;
	return (await checkResolvedAddress(address, { allowLoopback })) ?? null;
}
