import type BetterSqlite3 from 'better-sqlite3';
import type pg from 'pg';
import type { Schema } from './schema';

/** A row to be inserted, with every column of its table. */
export type Insertion = {
	[Table in keyof Schema]: { into: Table; row: Schema[Table] };
}[keyof Schema];

/**
 * Inserts rows by prepared statements. The query builder is passed by, since building and compiling
 * an insert costs more than running it; the caller holds the transaction.
 */
export function sqliteInserter(sqlite: BetterSqlite3.Database) {
	const statements = new Map<string, BetterSqlite3.Statement>();
	return (rows: readonly Insertion[]): void => {
		for (const insertion of rows) {
			const shape = shapeOf(insertion);
			let statement = statements.get(shape);
			if (!statement) {
				statement = sqlite.prepare(insertStatement(insertion, () => '?'));
				statements.set(shape, statement);
			}
			statement.run(...Object.values(insertion.row));
		}
	};
}

/**
 * Inserts all rows by one statement, which is a transaction of its own: one way to the server and
 * back, where begin, an insert each and commit are many. Named, so that each connection plans it once.
 */
export function postgresInserter(pool: pg.Pool) {
	const statements = new Map<string, { name: string; text: string }>();
	return async (rows: readonly Insertion[]): Promise<void> => {
		const shape = rows.map(shapeOf).join(';');
		let statement = statements.get(shape);
		if (!statement) {
			statement = { name: `insert-${statements.size}`, text: oneStatement(rows) };
			statements.set(shape, statement);
		}
		await pool.query({ ...statement, values: rows.flatMap(({ row }) => Object.values(row)) });
	};
}

/** Tells statements apart: rows of one table usually, but not surely, name the same columns. */
function shapeOf({ into, row }: Insertion): string {
	return `${into}:${Object.keys(row).join()}`;
}

function insertStatement({ into, row }: Insertion, placeholder: () => string): string {
	const columns = Object.keys(row);
	const places = columns.map(placeholder);
	return `insert into "${into}" ("${columns.join('", "')}") values (${places.join(', ')})`;
}

function oneStatement(rows: readonly Insertion[]): string {
	let used = 0;
	const inserts = rows.map((row) => insertStatement(row, () => `$${++used}`));
	const last = inserts.pop() ?? '';
	if (inserts.length === 0) return last;
	return `with ${inserts.map((text, at) => `part${at} as (${text})`).join(', ')} ${last}`;
}
