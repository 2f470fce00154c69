import type { Intent } from '$lib/server/db/schema';
import { allProviders } from '$lib/server/providers';
import { offersOf } from './fit-of';

/** The name of every method that some provider offers for an intent, each once. */
export function methodNames(intent: Intent): ReadonlySet<string> {
	const offers = allProviders.flatMap((provider) => offersOf(provider, intent));
	return new Set(offers.map(({ name }) => name));
}
