import { renderCashierWebhook } from '../../../../src/lib/server/api-cashier/views.ts';
import type { EventKind } from '../../../../src/lib/server/webhooks/event.ts';
import type { Memory } from '../world.ts';
import type { Books } from './books.ts';

/** Tries after which a webhook is given up; apis/cashier.md, *Webhook*. */
const MOST_TRIES = 11;

/** Where what the merchant's server got is not what the events say. */
export function webhookFaults(books: Books, { arrivals, forged }: Memory): string[] {
	const { events, webhook_deliveries, transactions } = books;
	const faults = forged.map((fault) => `a webhook was not signed: ${fault}`);
	const arrived = Map.groupBy(arrivals, ({ id }) => id);
	const byKey = new Map(events.map((event) => [`${event.transaction_id} ${event.version}`, event]));
	const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]));
	for (const { id, transaction_id, event_version, state, tries } of webhook_deliveries) {
		const own = arrived.get(id) ?? [];
		arrived.delete(id);
		const event = byKey.get(`${transaction_id} ${event_version}`);
		const transaction = byId.get(transaction_id);
		if (!event || !transaction) continue;
		const body = renderCashierWebhook({
			transactionId: transaction_id,
			version: event_version,
			kind: event.kind as EventKind,
			at: event.created_at,
			mode: transaction.mode,
			intent: transaction.intent,
			snapshot: JSON.parse(event.snapshot)
		});
		const name = `the webhook ${id} (${event.kind})`;
		if (body === null) {
			if (state !== 'silent') faults.push(`${name} is ${state} and says nothing`);
			continue;
		}
		const isGivenUp = state === 'failed' && tries >= MOST_TRIES;
		if (state !== 'delivered' && !isGivenUp) faults.push(`${name} is ${state}`);
		if (state === 'delivered' && !own.some(({ taken }) => taken))
			faults.push(`${name} never arrived`);
		for (const arrival of own) {
			if (arrival.body !== body) faults.push(`${name} said ${arrival.body}`);
		}
	}
	for (const id of arrived.keys()) faults.push(`the webhook ${id} has no event behind it`);
	return faults;
}
