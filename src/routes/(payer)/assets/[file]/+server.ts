import { findScript, sendScript } from '$lib/server/payer-page/scripts';
import type { RequestHandler } from './$types';

/** Built scripts under names that change with their content, so browsers keep them for good. */
export const GET: RequestHandler = ({ params, request }) => {
	const script = findScript(params.file);
	if (!script) return new Response('Not found', { status: 404 });
	return sendScript(script, request, { 'cache-control': 'public, max-age=31536000, immutable' });
};
