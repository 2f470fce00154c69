import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../tests/app.ts';
import { onDatabase } from '../tests/fill-transactions.ts';

const LIMIT_MS = 120_000;

/** What follows a payment: the acquirer's notification, and the webhook to the merchant. */
const followUps = `select (select count(*) from simulator_messages where due_at is not null)
	+ (select count(*) from notifications where processed_at is null)
	+ (select count(*) from webhook_deliveries where state = 'waiting') as "left"`;

const unpaid = `select count(*) as "left" from attempts where state <> 'succeeded'`;

/** Waits until all that the app does behind its payments is done; throws where one was not paid. */
export async function untilSettled({ place }: App): Promise<void> {
	const giveUpAt = Date.now() + LIMIT_MS;
	await onDatabase(place, async (query) => {
		const countLeft = async (statement: string) => Number((await query(statement))[0]?.left);
		while ((await countLeft(followUps)) > 0) {
			if (Date.now() > giveUpAt) throw new Error('The app does not come to an end');
			await pause(50);
		}
		if ((await countLeft(unpaid)) > 0) throw new Error('A card was not charged');
	});
}
