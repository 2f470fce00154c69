import type { RequestHandler } from './$types';
import { isReady } from '$lib/server/http/readiness';

/** The process can serve: its database answers. */
export const GET: RequestHandler = async ({ locals }) =>
	(await isReady(locals.context))
		? new Response('ready\n')
		: new Response('the database does not answer\n', { status: 503 });
