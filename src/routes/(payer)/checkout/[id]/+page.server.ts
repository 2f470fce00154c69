import { error, redirect } from '@sveltejs/kit';
import { chooseLocale, directionOf, locales } from '$lib/i18n/locales';
import { stepOf } from '$lib/server/payer-page/page-step';
import { viewChangedLink, viewExpiredLink } from '$lib/server/payer-page/view-link-problem';
import { checkLink } from '$lib/server/sessions/checkout-link';
import { sessionToken } from '$lib/server/sessions/session-token';
import { readOrderFacts } from '$lib/server/webhooks/order-facts';
import { backUrlOf, sceneOfToken } from '../../pay/[token]/scene-of-event';
import type { PageServerLoad } from './$types';

/**
 * A signed link leads to the payment's page; one that does not fit says so, and so does one whose time
 * is up, unless its payment is under way.
 */
export const load: PageServerLoad = async (event) => {
	const { locals, params, url, request } = event;
	const { context } = locals;
	const link = {
		id: params.id,
		expires: url.searchParams.get('expires') ?? '',
		signature: url.searchParams.get('signature') ?? ''
	};
	const now = context.clock.now();
	const verdict = checkLink(context, link, now);
	const token = verdict === 'invalid' ? undefined : await tokenOf(context, params.id);
	if (verdict === 'invalid' || !token) {
		const asked = locales.find((name) => name === url.searchParams.get('locale'));
		const locale = asked ?? chooseLocale(null, request.headers.get('accept-language'));
		const problem = viewChangedLink(locale);
		error(403, { message: problem.heading, problem });
	}
	if (verdict === 'valid') redirect(303, `/pay/${token}`);
	const scene = (await sceneOfToken(event, token)) ?? error(404);
	// Whoever has begun, at a bank or wallet, needs the way on however long it takes.
	const step = stepOf(scene.session, scene.payment, scene.now);
	if (step === 'action' || step === 'waiting') redirect(303, `/pay/${token}`);
	const problem = viewExpiredLink(scene, await backUrlOf(scene));
	locals.locale = scene.request.locale;
	locals.direction = directionOf(scene.request.locale);
	error(410, { message: problem.heading, problem });
};

async function tokenOf(context: App.Locals['context'], paymentId: string) {
	const order = (await readOrderFacts(context, [paymentId])).get(paymentId);
	return order && sessionToken(context, { id: order.sessionId, version: order.tokenVersion });
}
