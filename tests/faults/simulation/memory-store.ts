import BetterSqlite3 from 'better-sqlite3';
import { Kysely, SqliteAdapter } from 'kysely';
import type { Database, Tx } from '../../../src/lib/server/db/database.ts';
import { groupCommit } from '../../../src/lib/server/db/group-commit.ts';
import { sqliteInserter } from '../../../src/lib/server/db/insert-together.ts';
import { migrate } from '../../../src/lib/server/db/migrate.ts';
import type { Schema } from '../../../src/lib/server/db/schema.ts';
import { sqliteDialect } from '../../../src/lib/server/db/sqlite-dialect.ts';
import { gatedHandle, type Engine, type Gates, type Pace, type Store } from './store.ts';

/** A database in memory, behind the core's own group commit, dialect and migrations. */
export async function openMemoryStore(pace: () => Pace): Promise<Store> {
	const sqlite = new BetterSqlite3(':memory:');
	await migrate(new Kysely<Schema>({ dialect: sqliteDialect(sqlite, () => undefined) }));
	let inside: Gates | undefined;
	const check: { guard: () => void } = { guard: () => undefined };
	const tx = new Kysely<Schema>({
		dialect: sqliteDialect(sqlite, () => {
			check.guard();
			inside?.query();
		})
	});
	const writes = groupCommit<Tx>(sqlite, tx);
	check.guard = writes.guard;
	const insert = sqliteInserter(sqlite);
	const readDialect = sqliteDialect(sqlite, () => undefined);
	const plain: Database = {
		engine: 'sqlite',
		read: new Kysely<Schema>({ dialect: readDialect }),
		inTransaction: (work) => writes.inTransaction(work),
		insertTogether: (rows) => writes.inTransaction(async () => insert(rows), { plain: true }),
		close: async () => undefined
	};
	const engine: Engine = {
		plain,
		reads: (wrap) => ({
			...readDialect,
			createAdapter: manyConnections,
			createDriver: () => wrap(readDialect.createDriver())
		}),
		inTransaction: (gates, work) =>
			writes.inTransaction(async (held) => {
				inside = gates;
				try {
					return await work(held);
				} finally {
					inside = undefined;
				}
			})
	};
	sqlite.pragma('foreign_keys = OFF');
	const tables = sqlite
		.prepare(`select name from sqlite_master where type = 'table' and name not like 'kysely%'`)
		.pluck()
		.all() as string[];
	const wipes = tables.map((name) => sqlite.prepare(`delete from "${name}"`));
	let kept: (() => void)[] = [];
	return {
		engine: 'sqlite',
		plain,
		handle: (gates) => gatedHandle(engine, gates, pace),
		select: async <Row>(sql: string) => prepared(sqlite, sql).all() as Row[],
		async keep() {
			kept = tables.flatMap((name) =>
				(sqlite.prepare(`select * from "${name}"`).all() as Record<string, unknown>[]).map(
					(row) => {
						const columns = Object.keys(row);
						const places = columns.map(() => '?').join();
						const text = `insert into "${name}" ("${columns.join('","')}") values (${places})`;
						const statement = sqlite.prepare(text);
						const values = Object.values(row);
						return () => void statement.run(...values);
					}
				)
			);
		},
		async restore() {
			sqlite.exec('begin');
			for (const wipe of wipes) wipe.run();
			for (const put of kept) put();
			sqlite.exec('commit');
		},
		async close() {
			await writes.drained();
			sqlite.close();
		}
	};
}

const statements = new WeakMap<BetterSqlite3.Database, Map<string, BetterSqlite3.Statement>>();

function prepared(sqlite: BetterSqlite3.Database, sql: string): BetterSqlite3.Statement {
	let own = statements.get(sqlite);
	if (!own) statements.set(sqlite, (own = new Map()));
	let statement = own.get(sql);
	if (!statement) own.set(sql, (statement = sqlite.prepare(sql)));
	return statement;
}

/** Readers that wait at a gate must not wait for each other. */
function manyConnections(): SqliteAdapter {
	return Object.defineProperty(new SqliteAdapter(), 'supportsMultipleConnections', { value: true });
}
