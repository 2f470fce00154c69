import { describeApi } from '$lib/server/api-cashier/openapi';
import { serveDocument } from '$lib/server/http/openapi';

/** The OpenAPI document of the Cashier API. */
export const GET = serveDocument(describeApi);
