import type { Context } from '$lib/server/context';
import type { GuardedFetch } from '$lib/server/outgoing/guarded-fetch';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import { handleAcquirerRequest } from '$lib/server/simulator/handle-acquirer-request';

const PREFIX = '/simulator/acquirer';

/**
 * The way out of a simulation: requests to the acquirer are handled in this process, and where it
 * would keep silent the time-out comes at once. All others go to `elsewhere`.
 */
export function inProcessFetch(context: () => Context, elsewhere: GuardedFetch): GuardedFetch {
	return async (url, options) => {
		const { origin, pathname } = new URL(url);
		if (origin !== context().config.selfOrigin || !pathname.startsWith(PREFIX)) {
			return elsewhere(url, options);
		}
		const answer = await handleAcquirerRequest(context(), {
			method: options.method,
			path: pathname.slice(PREFIX.length),
			headers: new Headers(options.headers),
			body: String(options.body ?? '')
		});
		if (answer === 'hang') throw new OutgoingError('timeout', 'no answer in time');
		const { status, headers, body } = answer;
		return { status, headers, body, truncated: false };
	};
}
