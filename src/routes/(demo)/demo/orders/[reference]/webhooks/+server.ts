import { error, json } from '@sveltejs/kit';
import { requireDemo } from '../../../../require-demo';
import { showOrder } from '../../../show-order';
import type { RequestHandler } from './$types';

/** The webhooks of an order after number `after`, in the order they came. */
export const GET: RequestHandler = ({ locals, params, url }) => {
	requireDemo(locals.context);
	const { webhooks } = showOrder(locals.context, params.reference) ?? error(404);
	const after = Number(url.searchParams.get('after'));
	return json(webhooks.filter(({ number }) => !(number <= after)).reverse());
};
