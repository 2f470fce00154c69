import { writePaymentMessage } from '../../../../src/lib/server/simulator/write-message.ts';
import type { Random } from '../../random.ts';
import { count, type World } from '../world.ts';

/**
 * An acquirer that breaks its word: it takes the money of a payment that it had called off, and
 * tells so. Whether there is one to do it with is found out when the time comes.
 */
export async function breakWord(world: World, random: Random): Promise<void> {
	for (let round = 0; round < 8; round++) {
		await world.scheduler.sleep(random.whole(30 * 60_000), 'mischief');
		if (await takeAfterAll(world)) return count(world, 'acquirer broke its word');
	}
}

function takeAfterAll({ acquirer }: World): Promise<boolean> {
	return acquirer.db.inTransaction(async (tx) => {
		const payment = await tx
			.updateTable('simulator_payments')
			.set({ state: 'succeeded', charges: 1 })
			.where('id', 'in', (query) =>
				query
					.selectFrom('simulator_payments')
					.select('id')
					.where('state', '=', 'canceled')
					.where('kind', 'in', ['card', 'redirect', 'voucher'])
					.where('amount', '>', 0)
					.where('charges', '=', 0)
					.orderBy('id')
					.limit(1)
			)
			.returningAll()
			.executeTakeFirst();
		if (payment) await writePaymentMessage(tx, acquirer, payment, 'soon');
		return payment !== undefined;
	});
}
