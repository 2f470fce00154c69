import type { Context } from '$lib/server/context';
import type { Reader, Tx } from '$lib/server/db/database';
import { describeError } from '$lib/server/log/describe-error';

/** What a query of any table can be asked. */
interface DueQuery<Row> {
	limit(most: number): DueQuery<Row>;
	forUpdate(): DueQuery<Row>;
	skipLocked(): DueQuery<Row>;
	execute(): Promise<Row[]>;
}

interface Claim<Row> {
	atOnce: number;
	/** The rows that are due at a moment, the longest due first. */
	due(from: Reader, now: number): DueQuery<Row>;
	/** Makes a row due at a later moment, when whoever looks may take it again. */
	putOff(tx: Tx, row: Row, now: number): Promise<unknown>;
}

/**
 * Takes rows that are due, so that no other worker does, by making them due later. That serves as
 * the lease: should this process die over one, whoever looks then goes on. Returns the rows as they
 * were.
 */
export async function claimDue<Row>(
	{ db, clock }: Context,
	{ atOnce, due, putOff }: Claim<Row>
): Promise<Row[]> {
	const now = clock.now();
	// Most looks find nothing, which takes no transaction.
	const [first] = await due(db.read, now).limit(1).execute();
	if (!first) return [];
	return db.inTransaction(async (tx) => {
		const query = due(tx, now).limit(atOnce);
		const isShared = db.engine === 'postgres';
		const rows = await (isShared ? query.forUpdate().skipLocked() : query).execute();
		for (const row of rows) await putOff(tx, row, now);
		return rows;
	});
}

/** Works on a row that was claimed. A fault is logged and holds up no other: the lease lapses. */
export async function workOrReport(
	context: Context,
	work: () => Promise<void>,
	problem: string
): Promise<void> {
	try {
		await work();
	} catch (error) {
		context.log.error(problem, { error: describeError(error) });
	}
}
