import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { NESTED, type Database } from './database';
import { postgresInserter } from './insert-together';
import { nameOfKept } from './kept-query';
import { migrate } from './migrate';
import type { Schema } from './schema';

/** PostgreSQL's codes for "nothing happened, try again": serialization failure and deadlock. */
const CONFLICTS = new Set(['40001', '40P01']);
const MAX_TRIES = 5;

/** Connects a pool, brings the schema up to date under Kysely's migration lock, returns the handle. */
export async function openPostgres(url: string): Promise<Database> {
	const pool = new pg.Pool({
		connectionString: url,
		max: 20,
		connectionTimeoutMillis: 10_000,
		// A peer that is gone must not hold row locks, nor one of our places in the pool.
		keepAlive: true,
		statement_timeout: 60_000,
		idle_in_transaction_session_timeout: 60_000,
		// Amounts and moments stay below 2^53 (architecture.md), so a bigint is a number here.
		types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : parserOf(oid, format)) }
	});
	// An idle connection that breaks is replaced by the pool; without a listener it would end us.
	pool.on('error', () => undefined);
	const kysely = new Kysely<Schema>({
		dialect: new PostgresDialect({ pool: askingByCallback(pool) })
	});
	await migrate(kysely);
	const insert = postgresInserter(pool);
	const inside = new AsyncLocalStorage<true>();
	return {
		engine: 'postgres',
		read: kysely,
		inTransaction(work) {
			if (inside.getStore()) return Promise.reject(new Error(NESTED));
			return inside.run(true, () => withRetries(() => kysely.transaction().execute(work)));
		},
		insertTogether(rows) {
			if (inside.getStore()) return Promise.reject(new Error(NESTED));
			return withRetries(() => insert(rows));
		},
		close: () => kysely.destroy()
	};
}

const INT8 = 20;

function parserOf(oid: number, format?: string) {
	return pg.types.getTypeParser(oid, format as 'text');
}

/**
 * The pool as Kysely takes it. The rows of a query that was made without a callback stay in V8's
 * heap until a full collection, as if they were still used; those of one with a callback go with
 * the next small one. A long list would fill the heap with them.
 */
function askingByCallback(pool: pg.Pool): PostgresPool {
	return {
		options: pool.options,
		async connect() {
			const client = await pool.connect();
			const query = (text: string, values: readonly unknown[]) =>
				new Promise((resolve, reject) => {
					const asked = { name: nameOfKept(text), text, values: [...values] };
					client.query(asked, (error: Error | null, result) =>
						error ? reject(error) : resolve(result)
					);
				});
			return {
				query: query as PostgresPoolClient['query'],
				release: (isBroken?: boolean) => client.release(isBroken)
			};
		},
		end: () => pool.end()
	};
}

async function withRetries<T>(work: () => Promise<T>): Promise<T> {
	for (let tried = 1; ; tried++) {
		try {
			return await work();
		} catch (error) {
			if (tried >= MAX_TRIES || !isConflict(error)) throw error;
		}
	}
}

function isConflict(error: unknown): boolean {
	return error instanceof pg.DatabaseError && CONFLICTS.has(error.code ?? '');
}
