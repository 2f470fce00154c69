import { error, fail, redirect } from '@sveltejs/kit';
import { queryOf, readChoices } from '$lib/demo-shop/choices';
import {
	shopCall,
	showPlan,
	tokenCall,
	withoutCard,
	type OrderPlace
} from '$lib/demo-shop/shop-call';
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
	return {
		choices,
		place,
		preview: { path: shopCall(choices, place).path, text: showPlan(choices, place) },
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
		const place = await placeOf(context, reference);
		const call = shopCall(choices, place);
		const order = { reference, query: queryOf(choices), tokenCall: tokenCall(choices, place) };
		const { said } = await sendOrder(context, { ...order, call, kept: withoutCard(call) });
		const isOwnPage = said.token !== undefined && choices.place === 'page';
		// A payout is decided on beside its page, so the payer goes there from the order's.
		const leadsOn = isOwnPage && choices.way === 'deposit';
		redirect(303, leadsOn ? `/pay/${said.token}` : `/demo/orders/${reference}`);
	}
};

async function placeOf(context: Context, reference: string): Promise<OrderPlace> {
	const { dataDir, origin, selfOrigin } = context.config;
	const keys = await readDemoFile(dataDir);
	return {
		reference,
		origin,
		hearsAt: selfOrigin,
		providerId: keys?.cashier.provider_id ?? 0,
		routingId: keys?.cashier.routing_id ?? 0,
		chargesClient: keys?.charges.client_id ?? '',
		checkoutApplication: keys?.checkout.application_client_id ?? '',
		oauthClient: keys?.checkout.oauth_client_id ?? ''
	};
}
