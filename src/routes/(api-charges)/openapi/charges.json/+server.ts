import { describeApi } from '$lib/server/api-charges/openapi';
import { serveDocument } from '$lib/server/http/openapi';

/** The OpenAPI document of the Charges API. */
export const GET = serveDocument(describeApi);
