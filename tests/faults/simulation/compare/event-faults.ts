import { isTold, type EventKind } from '../../../../src/lib/server/webhooks/event.ts';
import type { Books } from './books.ts';

/** Where a transaction's events are not one a change, each told once or not at all. */
export function eventFaults({ transactions, events, webhook_deliveries }: Books): string[] {
	const faults: string[] = [];
	const byTransaction = Map.groupBy(events, ({ transaction_id }) => transaction_id);
	const told = Map.groupBy(
		webhook_deliveries,
		(one) => `${one.transaction_id} ${one.event_version}`
	);
	for (const { id, state, version } of transactions) {
		const own = (byTransaction.get(id) ?? []).sort((one, other) => one.version - other.version);
		byTransaction.delete(id);
		const versions = own.map((event) => event.version);
		if (versions.length !== version || versions.some((each, index) => each !== index + 1)) {
			faults.push(`transaction ${id} at version ${version} has events ${versions.join()}`);
		}
		const last = own.at(-1);
		if (last && (JSON.parse(last.snapshot) as { state: string }).state !== state) {
			faults.push(`transaction ${id} is ${state}, which its last event does not say`);
		}
		for (const event of own) {
			const key = `${id} ${event.version}`;
			const deliveries = told.get(key)?.length ?? 0;
			told.delete(key);
			if (deliveries !== (isTold[event.kind as EventKind] ? 1 : 0)) {
				faults.push(`event ${key} (${event.kind}) has ${deliveries} deliveries`);
			}
		}
	}
	for (const id of byTransaction.keys()) faults.push(`events of ${id}, which is not there`);
	for (const key of told.keys()) faults.push(`a delivery for ${key}, which is no event`);
	return faults;
}
