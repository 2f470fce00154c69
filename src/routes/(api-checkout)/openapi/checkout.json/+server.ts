import { describeApi } from '$lib/server/api-checkout/openapi';
import { serveDocument } from '$lib/server/http/openapi';

/** The OpenAPI document of the Checkout API. */
export const GET = serveDocument(describeApi);
