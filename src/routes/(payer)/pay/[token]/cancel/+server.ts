import { error, redirect } from '@sveltejs/kit';
import { pagePath } from '$lib/server/payer-page/page-request';
import { cancelPayment } from '$lib/server/payments/cancel-payment';
import type { RequestHandler } from './$types';
import { limitForms, sceneOfEvent } from '../scene-of-event';

/** The payer gives up. Whether that could still be done, the page tells. */
export const POST: RequestHandler = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	await limitForms(event);
	await cancelPayment(scene.context, scene.payment);
	redirect(303, pagePath(scene.request));
};

/** Someone who opens the address itself gets the page. */
export const GET: RequestHandler = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	redirect(303, pagePath(scene.request));
};
