import { endpointFor, refusalsFor } from '$lib/server/http/endpoint';
import { authenticate } from './auth';
import { viewError } from './errors';

/** The door of the Cashier API: wraps what an address does. */
export const endpoint = endpointFor({ authenticate, viewError, idempotent: true });

export const { refuseMethod, refuseAddress } = refusalsFor({ viewError });
