import type { ServerResponse } from 'node:http';
import type { BareDatabase, Row } from './bare-database.ts';

/** As many as the app reads at first and then at a time. */
const FIRST_PAGE = 20;
const PAGE = 200;

const text = `select t.id, t.intent, t.state, t.amount, t.currency, t.payer_reference, t.created_at,
	a.id as attempt_id, a.provider, a.provider_reference
	from transactions t left join attempts a on a.transaction_id = t.id and a.number = t.tries
	where t.application_id = ? and t.mode = 'test' and t.id >= ? and t.id < ?
	order by t.id desc limit `;

/** Sends an application's transactions between two ids, page by page, as fast as they are taken. */
export async function streamList(
	database: BareDatabase,
	response: ServerResponse,
	range: { applicationId: string; first: string; before: string }
): Promise<void> {
	response.writeHead(200, { 'content-type': 'application/json' });
	let before = range.before;
	let isGone = false;
	response.once('close', () => (isGone = true));
	for (let size = FIRST_PAGE, opening = '['; !isGone; size = PAGE, opening = ',') {
		const values = [range.applicationId, range.first, before];
		const rows = await database.rows(text + size, values);
		const last = rows.at(-1);
		if (!last) break;
		before = String(last.id);
		const isTaken = response.write(opening + rows.map(itemOf).join(','));
		if (!isTaken) await drained(response);
	}
	response.end(']');
}

function drained(response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		const go = () => {
			response.off('drain', go).off('close', go);
			resolve();
		};
		response.on('drain', go).on('close', go);
	});
}

function itemOf(row: Row): string {
	const amount = Number(row.amount) / 100;
	return JSON.stringify({
		transaction_id: row.id,
		gateway_transaction_id: row.attempt_id,
		provider_transaction_id: row.provider_reference,
		transaction_type: row.intent,
		transaction_date: new Date(Number(row.created_at)).toISOString(),
		status: row.state,
		payment_provider: row.provider,
		customer_id: row.payer_reference,
		amount,
		currency: row.currency,
		user_amount: amount,
		user_currency: row.currency,
		fx_amount: 0
	});
}
