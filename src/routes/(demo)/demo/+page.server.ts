import { error, fail, redirect } from '@sveltejs/kit';
import { cashierRequest, showCall } from '$lib/demo-shop/cashier-request';
import { queryOf, readChoices } from '$lib/demo-shop/choices';
import { newReference, sendOrder } from '$lib/server/demo/send-order';
import { BusinessError } from '$lib/server/errors';
import { limitAddress } from '$lib/server/http/rate-limits';
import { testCards } from '$lib/server/simulator/rules';
import { requireDemo } from '../require-demo';
import type { Actions, PageServerLoad } from './$types';

/** The shop, with the call that its server would make for what is chosen. */
export const load: PageServerLoad = ({ locals, url }) => {
	const { origin } = locals.context.config;
	const choices = readChoices(url.searchParams);
	return {
		choices,
		preview: showCall(origin, cashierRequest(choices, { reference: 'pelican-…', origin })),
		cards: testCards.map(({ number, sentence }) => ({ number, sentence })),
		address: `${origin}/demo`
	};
};

export const actions: Actions = {
	/** Opens a session over HTTP, and leads on: to the order's page, or to the payment page itself. */
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
		const { origin } = context.config;
		const { token } = await sendOrder(context, {
			reference,
			request: cashierRequest(choices, { reference, origin }),
			query: queryOf(choices)
		});
		const isOwnPage = token !== null && choices.place === 'page';
		redirect(303, isOwnPage ? `/pay/${token}` : `/demo/orders/${reference}`);
	}
};
