import { error, redirect } from '@sveltejs/kit';
import { pagePath } from '$lib/server/payer-page/page-request';
import { viewPage } from '$lib/server/payer-page/view-page';
import type { PageServerLoad } from './$types';
import { unwritten } from '../../../../unwritten';
import { backUrlOf, sceneOfEvent, setDocument } from '../scene-of-event';

/** The step at the bank or provider, for as long as there is one. */
export const load: PageServerLoad = async (event) => {
	const scene = (await sceneOfEvent(event)) ?? error(404);
	const view = await viewPage(scene, await backUrlOf(scene));
	if (view.step !== 'action' && view.step !== 'instructions')
		redirect(303, pagePath(scene.request));
	setDocument(event.locals, scene);
	if (view.step === 'action') event.locals.challengeOrigin = new URL(view.action.url).origin;
	return { page: unwritten(() => view) };
};
