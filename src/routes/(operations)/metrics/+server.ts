import { readMetrics } from '$lib/server/http/metrics';
import { isOperator } from '../is-operator';
import type { RequestHandler } from './$types';

/** Prometheus' text, for operators only. */
export const GET: RequestHandler = async (event) => {
	if (!isOperator(event)) return new Response('not found\n', { status: 404 });
	const { body, contentType } = await readMetrics();
	return new Response(body, { headers: { 'content-type': contentType } });
};
