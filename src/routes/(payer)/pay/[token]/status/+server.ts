import { error, json } from '@sveltejs/kit';
import { versionOf } from '$lib/server/payer-page/page-step';
import type { RequestHandler } from './$types';
import { sceneOfEvent } from '../scene-of-event';

/** For a page that waits: it loads anew when the version isn't its own any more. */
export const GET: RequestHandler = async (event) => {
	const { session, payment, now } = (await sceneOfEvent(event)) ?? error(404);
	return json({ version: versionOf(session, payment, now), state: payment.state });
};
