import { error, redirect } from '@sveltejs/kit';
import { pagePath } from '$lib/server/payer-page/page-request';
import { callOffAttempt } from '$lib/server/payments/cancel-payment';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import type { RequestHandler } from './$types';
import { limitForms, sceneOfEvent } from '../scene-of-event';

/**
 * The payer wants to pay another way: what waits for them elsewhere is called off first, so that
 * nobody pays twice. The page tells whether that could be done.
 */
export const POST: RequestHandler = async (event) => {
	const { context, payment, request } = (await sceneOfEvent(event)) ?? error(404);
	await limitForms(event);
	const attempt = payment.oneShot ? null : payment.attempt;
	if (attempt?.state !== 'action_required') redirect(303, pagePath(request));
	await callOffAttempt(context, payment);
	const now = await readPaymentOfSession(context, payment.sessionId);
	const isStuck = now.attempt?.id === attempt.id && now.attempt.state === 'action_required';
	redirect(
		303,
		isStuck ? pagePath(request, 'action', { notice: 'not_called_off' }) : pagePath(request)
	);
};

/** Someone who opens the address itself gets the page. */
export const GET: RequestHandler = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	redirect(303, pagePath(scene.request));
};
