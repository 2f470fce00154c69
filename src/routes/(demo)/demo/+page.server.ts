import { error, fail, redirect } from '@sveltejs/kit';
import { queryOf, readChoices } from '$lib/demo-shop/choices';
import { shopCall, showCall, withoutCard, type OrderPlace } from '$lib/demo-shop/shop-call';
import type { Context } from '$lib/server/context';
import { readDemoFile } from '$lib/server/demo/demo-file';
import { newReference, sendOrder } from '$lib/server/demo/send-order';
import { BusinessError } from '$lib/server/errors';
import { limitAddress } from '$lib/server/http/rate-limits';
import { requireDemo } from '../require-demo';
import { testInputs } from './test-inputs';
import type { Actions, PageServerLoad } from './$types';

/** The shop, with the call that its server would make for what is chosen. */
export const load: PageServerLoad = async ({ locals: { context }, url }) => {
	const choices = readChoices(url.searchParams);
	const place = await placeOf(context, 'pelican-…');
	const call = shopCall(choices, place);
	return {
		choices,
		place,
		preview: { path: call.path, text: showCall(place.origin, call) },
		inputs: testInputs(choices.way)
	};
};

export const actions: Actions = {
	/** Makes the call over HTTP, and leads on: to the order's page, or to the payment page itself. */
	default: async ({ locals: { context }, request, getClientAddress }) => {
		requireDemo(context);
		const form = await request.formData().catch(() => error(400, 'The form cannot be read'));
		const choices = readChoices(form);
		try {
			await limitAddress(context, getClientAddress());
		} catch (error) {
			if (!(error instanceof BusinessError)) throw error;
			return fail(429, { choices, problem: 'Too many orders a minute: wait a little.' });
		}
		const reference = newReference(context);
		const call = shopCall(choices, await placeOf(context, reference));
		const query = queryOf(choices);
		const { said } = await sendOrder(context, { reference, query, call, kept: withoutCard(call) });
		const isOwnPage = said.token !== undefined && choices.place === 'page';
		// A payout is decided on beside its page, so the payer goes there from the order's.
		const leadsOn = isOwnPage && choices.way === 'deposit';
		redirect(303, leadsOn ? `/pay/${said.token}` : `/demo/orders/${reference}`);
	}
};

async function placeOf(context: Context, reference: string): Promise<OrderPlace> {
	const keys = await readDemoFile(context.config.dataDir);
	const { provider_id: providerId = 0, routing_id: routingId = 0 } = keys?.cashier ?? {};
	return { reference, origin: context.config.origin, providerId, routingId };
}
