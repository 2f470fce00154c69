import type { Mode } from '$lib/server/db/schema';

/** Whose server hears: an application in a mode. A test server that hangs holds up no live one. */
export interface Receiver {
	applicationId: string;
	mode: Mode;
}

interface Flight {
	receiver: Receiver;
	/** Resolves, and never rejects, once the try is over and its outcome written. */
	landing: Promise<void>;
}

/** What one process has in flight, by delivery: messages whose receiver has not answered yet. */
export type Flights = Map<string, Flight>;

/** How much may be in flight at once, in all and to one receiver. */
export interface Room {
	atOnce: number;
	perReceiver: number;
}

/** How many more may go to one receiver. */
export function roomFor(receiver: Receiver, flights: Flights, { perReceiver }: Room): number {
	let room = perReceiver;
	for (const { receiver: other } of flights.values()) {
		if (other.applicationId === receiver.applicationId && other.mode === receiver.mode) room--;
	}
	return room;
}

/** Resolves when the next of those in flight lands; never, when none is. */
export function nextLanding(flights: Flights): Promise<void> {
	return Promise.race([...flights.values()].map(({ landing }) => landing));
}

/** Resolves when all that are in flight now have landed. */
export async function allLanded(flights: Flights): Promise<void> {
	await Promise.all([...flights.values()].map(({ landing }) => landing));
}
