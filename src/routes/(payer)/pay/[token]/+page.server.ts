import { error, fail, redirect } from '@sveltejs/kit';
import { pagePath } from '$lib/server/payer-page/page-request';
import { stepOf } from '$lib/server/payer-page/page-step';
import { submitForm } from '$lib/server/payer-page/submit-form';
import { viewPage } from '$lib/server/payer-page/view-page';
import type { Actions, PageServerLoad } from './$types';
import { unwritten } from '../../../unwritten';
import { backUrlOf, limitForms, sceneOfEvent, setDocument } from './scene-of-event';

export const load: PageServerLoad = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	const { session, payment, request, now } = scene;
	if (stepOf(session, payment, now) === 'action') redirect(303, pagePath(request, 'action'));
	const view = await viewPage(scene, await backUrlOf(scene));
	setDocument(event.locals, scene);
	return { page: unwritten(() => view) };
};

export const actions: Actions = {
	/**
	 * A form that is taken answers 303 to our own origin. One that can't be is shown again at once,
	 * with 422: a redirect would have to carry what the payer typed through an address.
	 */
	default: async (event) => {
		const scene = (await sceneOfEvent(event)) ?? error(404);
		await limitForms(event);
		const form = await event.request.formData().catch(() => error(400));
		const submitted = await submitForm(scene, form, event.getClientAddress());
		if ('path' in submitted) redirect(303, submitted.path);
		// A withdrawal that waits for the payer's yes: what it says is in no address, and not written.
		if ('draft' in submitted) return { view: await viewPage(scene, null, submitted) };
		return fail(422, { view: await viewPage(scene, null, submitted.refused) });
	}
};
