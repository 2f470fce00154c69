import { embedScript, sendScript } from '$lib/server/payer-page/scripts';
import type { RequestHandler } from './$types';

/** The merchant's script. Any page may load it; a correction reaches all within five minutes. */
export const GET: RequestHandler = ({ request }) => {
	const script = embedScript();
	if (!script) return new Response('Not found', { status: 404 });
	return sendScript(script, request, {
		'access-control-allow-origin': '*',
		'cache-control': 'public, max-age=300',
		'cross-origin-resource-policy': 'cross-origin'
	});
};
