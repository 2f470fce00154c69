import type { RequestEvent } from '@sveltejs/kit';
import type { Charge } from './answers';

type Handler = (event: RequestEvent) => Promise<Response>;

/**
 * Says in `Location` where the charge of a 201 lies. A stored answer that is given again has no
 * headers, so it is read from the body.
 */
export function withLocation(handle: Handler): Handler {
	return async (event) => {
		const response = await handle(event);
		if (response.status !== 201) return response;
		const body = await response.text();
		const { id } = JSON.parse(body) as Charge;
		const { status, headers } = response;
		const located = new Response(body, { status, headers });
		located.headers.set('location', `/v1/charges/${id}`);
		return located;
	};
}
