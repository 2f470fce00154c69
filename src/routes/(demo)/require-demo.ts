import { error } from '@sveltejs/kit';
import type { Context } from '$lib/server/context';

/** Ends a request with 404 in live mode. Actions and endpoints ask too: no layout runs for them. */
export function requireDemo({ config }: Context): void {
	if (config.live) error(404, 'Not found');
}
