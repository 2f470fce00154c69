import { refuseMethod } from '$lib/server/api-checkout';
import { grantAccessToken } from '$lib/server/api-checkout/grant-access-token';

/** An access token of the merchant, for its client's credentials. */
export const POST = grantAccessToken;

export const fallback = refuseMethod;
