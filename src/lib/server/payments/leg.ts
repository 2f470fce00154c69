import { seal, unseal } from '$lib/server/merchants/seal';
import type { Context } from '$lib/server/context';
import type { Reader, Tx } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import type { MethodKind } from '$lib/server/providers/method';
import type { Destination } from '$lib/server/providers/provider';

/** Part of a withdrawal, which goes to one place. Most have one leg. */
export interface NewLeg {
	/** The name of an offer. */
	method: string;
	kind: MethodKind;
	/** Minor units of the transaction's currency, the payer's fee included. */
	amount: number;
	destination: Destination;
	/** The payer's fee that was agreed to, inside `amount`; left out: none was shown. */
	fee?: number;
	/** Where it goes, in a form that may be shown: `DE•• •••• 3000`. */
	label: string;
	/** The deposit whose instrument it goes back to. */
	sourceAttemptId: string | null;
}

export interface Leg extends Omit<NewLeg, 'destination' | 'fee'> {
	number: number;
	/** Null: none was shown to the payer. */
	fee: number | null;
	state: 'waiting' | 'paid' | 'failed';
	reason: string | null;
	reasonMessage: string | null;
}

export async function insertLegs(
	context: Context,
	tx: Tx,
	transactionId: string,
	legs: readonly NewLeg[]
): Promise<void> {
	for (const [index, leg] of legs.entries()) {
		const number = index + 1;
		const destination = JSON.stringify(leg.destination);
		await tx
			.insertInto('payout_legs')
			.values({
				transaction_id: transactionId,
				number,
				method: leg.method,
				kind: leg.kind,
				amount: leg.amount,
				fee: leg.fee ?? null,
				destination_sealed: seal(context, place(transactionId, number), destination),
				label: leg.label,
				source_attempt_id: leg.sourceAttemptId,
				state: 'waiting',
				reason: null,
				reason_message: null
			})
			.execute();
	}
}

/** The legs of a withdrawal, in the order in which they are paid. */
export async function readLegs(reader: Reader, transactionId: string): Promise<Leg[]> {
	const rows = await reader
		.selectFrom('payout_legs')
		.selectAll()
		.where('transaction_id', '=', transactionId)
		.orderBy('number')
		.execute();
	return rows.map(legOf);
}

/** Where a leg's money goes: for the provider alone. */
export async function openDestination(
	context: Context,
	transactionId: string,
	number: number
): Promise<Destination> {
	const { destination_sealed } = await context.db.read
		.selectFrom('payout_legs')
		.select('destination_sealed')
		.where('transaction_id', '=', transactionId)
		.where('number', '=', number)
		.executeTakeFirstOrThrow();
	const text = unseal(context, place(transactionId, number), destination_sealed);
	return JSON.parse(text) as Destination;
}

function legOf(row: Schema['payout_legs']): Leg {
	return {
		number: row.number,
		method: row.method,
		kind: row.kind as MethodKind,
		amount: row.amount,
		fee: row.fee,
		label: row.label,
		sourceAttemptId: row.source_attempt_id,
		state: row.state as Leg['state'],
		reason: row.reason,
		reasonMessage: row.reason_message
	};
}

function place(transactionId: string, number: number): string {
	return `payout_legs:${transactionId}:${number}:destination`;
}
