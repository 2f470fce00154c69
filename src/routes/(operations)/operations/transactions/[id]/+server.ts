import { explainPayment } from '$lib/server/payments/explain-payment';
import { isOperator } from '../../../is-operator';
import type { RequestHandler } from './$types';
import { writeReadably } from './write-readably';

/** The story of a transaction, for operators only. */
export const GET: RequestHandler = async (event) => {
	const { params, locals } = event;
	const story = isOperator(event) && (await explainPayment(locals.context, params.id));
	if (!story) return new Response('not found\n', { status: 404 });
	const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
	return new Response(writeReadably(story), { headers });
};
