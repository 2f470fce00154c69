import type { Selectable } from 'kysely';
import type { Context } from '$lib/server/context';
import type { Schema } from '$lib/server/db/schema';
import { roomFor, type Flights, type Receiver, type Room } from './flights';

/** A delivery held under a lease. `lease_until` is the token that proves the hold. */
export type ClaimedDelivery = Selectable<Schema['webhook_deliveries']>;

/**
 * Takes what is due under a lease of `leaseMs`, as far as there is room beside what is in flight.
 * Looking happens before and takes nothing; the one update decides between workers, which may have
 * seen the same (architecture.md, invariant 7).
 */
export async function claimDeliveries(
	context: Context,
	flights: Flights,
	{ leaseMs, ...room }: Room & { leaseMs: number }
): Promise<ClaimedDelivery[]> {
	const now = context.clock.now();
	const chosen = await chooseDue(context, flights, room, now);
	if (chosen.length === 0) return [];
	const { db } = context;
	return db.inTransaction((tx) =>
		tx
			.updateTable('webhook_deliveries')
			.set({ lease_until: now + leaseMs })
			.where('id', 'in', (eb) =>
				eb
					.selectFrom('webhook_deliveries')
					.select('id')
					.where('id', 'in', chosen)
					.where('due_at', '<=', now)
					.where('lease_until', '<', now)
					.$if(db.engine === 'postgres', (due) => due.forUpdate().skipLocked())
			)
			.where('lease_until', '<', now)
			.returningAll()
			.execute()
	);
}

/**
 * The ids to go for, to each receiver no more than its share. Those with the least in flight come
 * first, so that any number of dead ones cannot keep the living waiting; among equals whoever has
 * waited longest.
 */
async function chooseDue(
	context: Context,
	flights: Flights,
	room: Room,
	now: number
): Promise<string[]> {
	let free = room.atOnce - flights.size;
	if (free <= 0) return [];
	const receivers = await waitingReceivers(context, now, room.atOnce + flights.size);
	const roomOf = (receiver: Receiver) => roomFor(receiver, flights, room);
	receivers.sort((one, other) => roomOf(other) - roomOf(one));
	const chosen: string[] = [];
	for (const receiver of receivers) {
		const share = Math.min(roomOf(receiver), free);
		if (share <= 0) continue;
		const due = await dueFor(context, receiver, now, share);
		chosen.push(...due);
		free -= due.length;
	}
	return chosen;
}

/**
 * Whoever has something due. Found from the side of the receivers, because one whose server is down
 * piles up deliveries by the ten thousand, and the others must not have to be searched among them.
 */
async function waitingReceivers({ db }: Context, now: number, limit: number): Promise<Receiver[]> {
	return db.read
		.selectFrom((eb) =>
			eb
				.selectFrom('application_modes as m')
				.select(['m.application_id as applicationId', 'm.mode'])
				.select((row) =>
					row
						.selectFrom('webhook_deliveries as d')
						.select('d.due_at')
						.whereRef('d.application_id', '=', 'm.application_id')
						.whereRef('d.mode', '=', 'm.mode')
						.where('d.due_at', '<=', now)
						.where('d.lease_until', '<', now)
						.orderBy('d.due_at')
						.limit(1)
						.as('oldest')
				)
				.as('receivers')
		)
		.select(['applicationId', 'mode'])
		.where('oldest', 'is not', null)
		.orderBy('oldest')
		.limit(limit)
		.execute();
}

/**
 * What is due to one receiver. A message waits for the first try of those before it of the same
 * transaction, so that `pending` is normally heard before `successful`; once tried it holds up
 * nothing, for the receiver that missed it must still hear how things ended.
 */
async function dueFor(
	{ db }: Context,
	{ applicationId, mode }: Receiver,
	now: number,
	limit: number
): Promise<string[]> {
	const rows = await db.read
		.selectFrom('webhook_deliveries as d')
		.select('d.id')
		.where('d.application_id', '=', applicationId)
		.where('d.mode', '=', mode)
		.where('d.due_at', '<=', now)
		.where('d.lease_until', '<', now)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('webhook_deliveries as earlier')
						.select('earlier.id')
						.whereRef('earlier.transaction_id', '=', 'd.transaction_id')
						.whereRef('earlier.event_version', '<', 'd.event_version')
						.where('earlier.state', '=', 'waiting')
						.where('earlier.tries', '=', 0)
				)
			)
		)
		.orderBy('d.due_at')
		.orderBy('d.id')
		.limit(limit)
		.execute();
	return rows.map(({ id }) => id);
}
