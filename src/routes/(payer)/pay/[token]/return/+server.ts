import { error, redirect } from '@sveltejs/kit';
import { pagePath } from '$lib/server/payer-page/page-request';
import { settleOpenAttempt } from '$lib/server/payments/settle-attempt';
import type { RequestHandler } from './$types';
import { limitForms, sceneOfEvent } from '../scene-of-event';

/**
 * Where banks and providers send the browser back, by GET or by POST from anywhere, with any
 * parameters. None is read: that the payer is back is a hint to ask the provider for the outcome.
 */
const comeBack: RequestHandler = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	await limitForms(event);
	await settleOpenAttempt(scene.context, scene.payment);
	redirect(303, pagePath(scene.request));
};

export const GET = comeBack;
export const POST = comeBack;
