import type { RequestEvent } from '@sveltejs/kit';
import { endpointFor, refusalsFor } from '$lib/server/http/endpoint';
import { authenticate, type Need } from './auth';
import { viewError } from './errors';
import { openByLink } from './link';

/** The act and the options of an endpoint. */
type Endpoint = Parameters<
	ReturnType<typeof endpointFor<Awaited<ReturnType<typeof authenticate>>>>
>;

/** The door of the Checkout API: who may come in is said where an address is. */
export function endpoint(need: Need, ...rest: Endpoint) {
	const door = endpointFor({
		authenticate: (event: RequestEvent) => authenticate(event, need),
		viewError,
		idempotent: true
	});
	return door(...rest);
}

/** The door for payers: a checkout's own signed link opens it, and nothing else. */
export const linkedEndpoint = endpointFor({
	authenticate: openByLink,
	viewError,
	idempotent: false
});

export const { refuseMethod, refuseAddress } = refusalsFor({ viewError });
