import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Database } from './database';
import { groupCommit } from './group-commit';
import { sqliteInserter } from './insert-together';
import { migrate } from './migrate';
import type { Schema } from './schema';
import { sqliteDialect } from './sqlite-dialect';

/** Opens (or makes) the file, brings its schema up to date, and returns the handle. */
export async function openSqlite(file: string): Promise<Database> {
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const writer = connect(file, {});
	await migrate(new Kysely<Schema>({ dialect: sqliteDialect(writer, () => undefined) }));
	const reader = connect(file, { readonly: true });
	const noGuard = () => undefined;
	const read = new Kysely<Schema>({ dialect: sqliteDialect(reader, noGuard) });
	const guard: { check: () => void } = { check: noGuard };
	const tx = new Kysely<Schema>({ dialect: sqliteDialect(writer, () => guard.check()) });
	const writes = groupCommit(writer, tx);
	const insert = sqliteInserter(writer);
	guard.check = writes.guard;
	return {
		engine: 'sqlite',
		read,
		inTransaction: (work) => writes.inTransaction(work),
		insertTogether: (rows) => writes.inTransaction(async () => insert(rows), { plain: true }),
		async close() {
			await writes.drained();
			reader.close();
			writer.close();
		}
	};
}

function connect(file: string, options: BetterSqlite3.Options): BetterSqlite3.Database {
	const sqlite = new BetterSqlite3(file, { timeout: 10_000, ...options });
	if (!options.readonly) sqlite.pragma('journal_mode = WAL');
	sqlite.pragma('synchronous = FULL');
	sqlite.pragma('foreign_keys = ON');
	return sqlite;
}
