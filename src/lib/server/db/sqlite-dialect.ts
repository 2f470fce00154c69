import type BetterSqlite3 from 'better-sqlite3';
import {
	CompiledQuery,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type QueryResult
} from 'kysely';
import { nameOfKept } from './kept-query';

/** Prepared statements kept a connection; the application has fewer distinct ones than this. */
const MAX_STATEMENTS = 500;

/**
 * Kysely on one better-sqlite3 connection, without Kysely's own lock (the writer's queue is the
 * lock) and with prepared statements kept: preparing costs more than running most of ours.
 * `guard` is called before each query and throws where the caller may not use the connection.
 */
export function sqliteDialect(sqlite: BetterSqlite3.Database, guard: () => void): Dialect {
	const connection = sqliteConnection(sqlite, guard);
	return {
		createAdapter: () => new SqliteAdapter(),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
		createDriver: () => sqliteDriver(connection)
	};
}

function sqliteDriver(connection: DatabaseConnection): Driver {
	const run = async (held: DatabaseConnection, sql: string) => {
		await held.executeQuery(CompiledQuery.raw(sql));
	};
	return {
		init: async () => undefined,
		acquireConnection: async () => connection,
		beginTransaction: (held) => run(held, 'begin immediate'),
		commitTransaction: (held) => run(held, 'commit'),
		rollbackTransaction: (held) => run(held, 'rollback'),
		releaseConnection: async () => undefined,
		destroy: async () => undefined
	};
}

/**
 * SQLite looks at the values of a join or a sorted select when it plans it, and so plans it anew
 * each time that values are bound: ten times the work of running it. It does not look into a
 * subselect. What is kept has no constants in its text, so every question mark is a place.
 */
function withoutPeeking(sql: string): string {
	return sql.replaceAll('?', '(select ?)');
}

function sqliteConnection(sqlite: BetterSqlite3.Database, guard: () => void): DatabaseConnection {
	const statements = new Map<string, BetterSqlite3.Statement>();
	const prepare = (sql: string) => {
		let statement = statements.get(sql);
		if (!statement) {
			if (statements.size >= MAX_STATEMENTS) statements.clear();
			const isKept = nameOfKept(sql) !== undefined;
			statement = sqlite.prepare(isKept ? withoutPeeking(sql) : sql);
			statements.set(sql, statement);
		}
		return statement;
	};
	return {
		async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
			guard();
			const statement = prepare(sql);
			if (statement.reader) return { rows: statement.all(...parameters) as R[] };
			const { changes, lastInsertRowid } = statement.run(...parameters);
			return {
				rows: [],
				numAffectedRows: BigInt(changes),
				insertId: BigInt(lastInsertRowid)
			};
		},
		// Lists are read in keyset pages: an open cursor would hold the connection.
		streamQuery() {
			throw new Error('Streaming is not used: read in keyset pages');
		}
	};
}
