import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { BusinessError } from '$lib/server/errors';
import { limitAddress } from '$lib/server/http/rate-limits';
import { pagePath } from '$lib/server/payer-page/page-request';
import { stepOf } from '$lib/server/payer-page/page-step';
import { submitForm } from '$lib/server/payer-page/submit-form';
import { viewPage } from '$lib/server/payer-page/view-page';
import type { Actions, PageServerLoad } from './$types';
import { backUrlOf, sceneOfEvent, setDocument } from './scene-of-event';

export const load: PageServerLoad = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	const { session, payment, request, now } = scene;
	if (stepOf(session, payment, now) === 'action') redirect(303, pagePath(request, 'action'));
	const view = await viewPage(scene, await backUrlOf(scene));
	setDocument(event.locals, scene);
	return { view };
};

export const actions: Actions = {
	/**
	 * A form that is taken answers 303 to our own origin. One that can't be is shown again at once,
	 * with 422: a redirect would have to carry what the payer typed through an address.
	 */
	default: async (event) => {
		const scene = (await sceneOfEvent(event)) ?? error(404);
		const address = event.getClientAddress();
		await limitForms(event, address);
		const form = await event.request.formData().catch(() => error(400));
		const submitted = await submitForm(scene, form, address);
		if ('path' in submitted) redirect(303, submitted.path);
		return fail(422, { view: await viewPage(scene, null, submitted.refused) });
	}
};

/** Whoever tries cards from one address, over many sessions, is slowed down. */
async function limitForms({ locals, setHeaders }: RequestEvent, address: string): Promise<void> {
	try {
		await limitAddress(locals.context, address);
	} catch (refusal) {
		if (!(refusal instanceof BusinessError)) throw refusal;
		setHeaders({ 'retry-after': String(refusal.details.retryAfterSeconds ?? 60) });
		error(429);
	}
}
