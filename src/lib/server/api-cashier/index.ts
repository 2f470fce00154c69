import type { RequestEvent } from '@sveltejs/kit';
import { BusinessError } from '$lib/server/errors';
import { endpointFor } from '$lib/server/http/endpoint';
import { authenticate } from './auth';
import { viewError } from './errors';

/** The door of the Cashier API: wraps what an address does. */
export const endpoint = endpointFor({ authenticate, viewError, idempotent: true });

/** Answers a method that an address does not take. */
export function refuseMethod({ locals, request }: RequestEvent): Response {
	const message = `This address does not take ${request.method}`;
	return viewError(new BusinessError('method_not_allowed', message), locals.requestId);
}

/** Answers an address that is none. */
export function refuseAddress({ locals }: RequestEvent): Response {
	return viewError(new BusinessError('not_found', 'No such address'), locals.requestId);
}
