import { checkLedger } from '$lib/server/ledger/check-ledger';
import { isOperator } from '../../is-operator';
import type { RequestHandler } from './$types';

/** Whether the books are sound, for operators only: reads every entry, so not every minute. */
export const GET: RequestHandler = async (event) => {
	if (!isOperator(event)) return new Response('not found\n', { status: 404 });
	const faults = await checkLedger(event.locals.context);
	const body = JSON.stringify({ sound: faults.length === 0, faults }, null, 2);
	const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
	return new Response(`${body}\n`, { headers });
};
