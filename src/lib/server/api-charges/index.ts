import { endpointFor, openEndpointFor, refusalsFor } from '$lib/server/http/endpoint';
import { authenticate } from './auth';
import { viewError, viewTokenError } from './errors';

/** The door of the Charges API: wraps what an address does. */
export const endpoint = endpointFor({ authenticate, viewError, idempotent: true });

/** The door for those who have no token yet. */
export const tokenEndpoint = openEndpointFor({ viewError: viewTokenError });

export const { refuseMethod, refuseAddress } = refusalsFor({ viewError });
