import { readReturn } from '$lib/server/demo/read-return';
import { showOrder } from '../show-order';
import type { PageServerLoad } from './$types';

/** Where the payer comes back to, with an outcome in the address that the shop verifies. */
export const load: PageServerLoad = async ({ locals: { context }, url }) => {
	const back = await readReturn(context, url);
	const reference = back?.reference ?? null;
	return { back, order: reference === null ? undefined : showOrder(context, reference) };
};
