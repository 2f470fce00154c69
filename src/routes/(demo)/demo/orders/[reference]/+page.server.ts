import { error, redirect } from '@sveltejs/kit';
import { decisionCall } from '$lib/demo-shop/shop-call';
import { decideOrder } from '$lib/server/demo/decide-order';
import { limitAddress } from '$lib/server/http/rate-limits';
import { requireDemo } from '../../../require-demo';
import { showOrder } from '../../show-order';
import { testInputs } from '../../test-inputs';
import type { Actions, PageServerLoad } from './$types';

/** An order of the shop: its payment page in a frame or a dialog, and all that was said about it. */
export const load: PageServerLoad = ({ locals, params }) => {
	const order = showOrder(locals.context, params.reference) ?? error(404);
	return { order, inputs: testInputs(order.way) };
};

export const actions: Actions = {
	/** The shop's server lets a payout go, or ends it. */
	decide: async ({ locals: { context }, params: { reference }, request, getClientAddress }) => {
		requireDemo(context);
		const form = await request.formData().catch(() => error(400, 'The form cannot be read'));
		const verb = form.get('verb') === 'approve' ? 'approve' : 'reject';
		await limitAddress(context, getClientAddress());
		const isKnown = await decideOrder(context, reference, (id) => decisionCall(verb, id));
		if (!isKnown) error(404);
		redirect(303, `/demo/orders/${reference}`);
	}
};
