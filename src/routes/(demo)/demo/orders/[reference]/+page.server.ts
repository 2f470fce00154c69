import { error } from '@sveltejs/kit';
import { readChoices } from '$lib/demo-shop/choices';
import { testCards } from '$lib/server/simulator/rules';
import { showOrder } from '../../show-order';
import type { PageServerLoad } from './$types';

/** An order of the shop: its payment page in a frame or a dialog, and all that was said about it. */
export const load: PageServerLoad = ({ locals, params }) => {
	const order = showOrder(locals.context, params.reference) ?? error(404);
	return {
		order,
		place: readChoices(new URLSearchParams(order.query)).place,
		cards: testCards.map(({ number, sentence }) => ({ number, sentence }))
	};
};
