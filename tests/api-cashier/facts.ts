import type { Context } from '../../src/lib/server/context';

/** What the database holds of the newest transaction of a tracking id. */
export function transactionOf({ db }: Context, reference: string) {
	return db.read
		.selectFrom('transactions')
		.selectAll()
		.where('reference', '=', reference)
		.orderBy('id', 'desc')
		.executeTakeFirstOrThrow();
}

/** Every try under a tracking id, the first one first. */
export function attemptsOf({ db }: Context, reference: string) {
	return db.read
		.selectFrom('attempts as a')
		.innerJoin('transactions as t', 't.id', 'a.transaction_id')
		.selectAll('a')
		.where('t.reference', '=', reference)
		.orderBy('a.id')
		.execute();
}

/** How often the simulator moved money for each try under a tracking id that it has heard of. */
export async function chargesOf({ db }: Context, reference: string): Promise<number[]> {
	const rows = await db.read
		.selectFrom('simulator_payments as s')
		.innerJoin('attempts as a', 'a.id', 's.attempt_id')
		.innerJoin('transactions as t', 't.id', 'a.transaction_id')
		.select('s.charges')
		.where('t.reference', '=', reference)
		.orderBy('a.id')
		.execute();
	return rows.map(({ charges }) => charges);
}

export async function countTransactions({ db }: Context, reference: string): Promise<number> {
	const rows = await db.read
		.selectFrom('transactions')
		.select('id')
		.where('reference', '=', reference)
		.execute();
	return rows.length;
}
