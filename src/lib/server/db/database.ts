import type { Kysely } from 'kysely';
import type { Insertion } from './insert-together';
import type { Schema } from './schema';

/**
 * One handle for both engines. Reads outside of a transaction go through `read`, which sees what is
 * committed; every write goes through `inTransaction`.
 */
export interface Database {
	readonly engine: 'sqlite' | 'postgres';
	readonly read: Reader;
	/**
	 * Runs `work` in one transaction and resolves once it is durable; if `work` throws, nothing of it
	 * stays. The work may run again after a conflict and must do nothing but query: no network, no
	 * waiting. A nested call throws.
	 */
	inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
	/**
	 * Inserts rows in one transaction of their own and resolves once they are durable; if one is
	 * refused, none stays. For what happens most: nothing is built or compiled, and PostgreSQL is
	 * asked once instead of once a statement.
	 */
	insertTogether(rows: readonly Insertion[]): Promise<void>;
	close(): Promise<void>;
}

/** What can be asked of a handle without changing anything. */
export type Reader = Pick<Kysely<Schema>, 'selectFrom'>;

/** A handle inside a transaction. */
export type Tx = Pick<Kysely<Schema>, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom'>;

/** The message of the error that a nested `inTransaction` throws, a defect of the caller. */
export const NESTED = 'inTransaction was called inside a transaction';
