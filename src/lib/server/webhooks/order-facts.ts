import type { Context } from '$lib/server/context';

/** What dialects say again of an order; nothing of it changes after the session was opened. */
export interface OrderFacts {
	sessionId: string;
	/** With the session's id it makes the payer's token. */
	tokenVersion: number;
	applicationId: string;
	merchantId: string;
	/** Of the application; null in dialects without one. */
	clientId: string | null;
	description: string | null;
	/** As the dialect wrote it; null: nothing was said. */
	customer: unknown;
	/** ReturnAddresses of sessions, which lie above. */
	returnAddresses: Record<string, string | undefined>;
	webhookUrl: string | null;
	/** What the dialect kept for itself. */
	dialectData: unknown;
	/** Milliseconds since 1970. */
	openedAt: number;
	expiresAt: number;
}

/** The orders of transactions, by transaction id, read at once. */
export async function readOrderFacts(
	{ db }: Context,
	transactionIds: readonly string[]
): Promise<Map<string, OrderFacts>> {
	if (transactionIds.length === 0) return new Map();
	const rows = await db.read
		.selectFrom('transactions as t')
		.innerJoin('sessions as s', 's.id', 't.session_id')
		.innerJoin('applications as a', 'a.id', 't.application_id')
		.select(['t.id', 's.id as session_id', 's.version', 's.application_id', 's.merchant_id'])
		.select(['s.description', 's.customer', 's.return_addresses', 's.webhook_url'])
		.select(['s.dialect_data', 's.created_at', 's.expires_at', 'a.client_id'])
		.where('t.id', 'in', transactionIds)
		.execute();
	return new Map(
		rows.map((row) => [
			row.id,
			{
				sessionId: row.session_id,
				tokenVersion: row.version,
				applicationId: row.application_id,
				merchantId: row.merchant_id,
				clientId: row.client_id,
				description: row.description,
				customer: parse(row.customer),
				returnAddresses: JSON.parse(row.return_addresses) as Record<string, string | undefined>,
				webhookUrl: row.webhook_url,
				dialectData: parse(row.dialect_data),
				openedAt: row.created_at,
				expiresAt: row.expires_at
			}
		])
	);
}

function parse(text: string | null): unknown {
	return text === null ? null : JSON.parse(text);
}
