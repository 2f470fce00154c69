import { error, json } from '@sveltejs/kit';
import { versionOf } from '$lib/server/payer-page/version-of';
import type { RequestHandler } from './$types';
import { sceneOfEvent } from '../scene-of-event';

/** For a page that waits: it loads anew when the version isn't its own any more. */
export const GET: RequestHandler = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	return json({ version: versionOf(scene), state: scene.payment.state });
};
