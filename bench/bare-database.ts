import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';

export type Row = Record<string, string | number | null>;

/** A statement with `?` for its values. */
export type Statement = [text: string, values: (string | number | null)[]];

/** Statements written by hand, on either engine. */
export interface BareDatabase {
	/** Runs all in a commit of their own; resolves once it is on disk. */
	commit(statements: Statement[]): Promise<void> | void;
	rows(...statement: Statement): Promise<Row[]> | Row[];
}

/** The file that the app made, under the same promise: on disk when it is answered. */
export function openBareSqlite(file: string): BareDatabase {
	const sqlite = new BetterSqlite3(file, { timeout: 10_000 });
	sqlite.pragma('journal_mode = WAL');
	sqlite.pragma('synchronous = FULL');
	const prepared = new Map<string, BetterSqlite3.Statement>();
	const prepare = (text: string) => {
		const known = prepared.get(text) ?? sqlite.prepare(text);
		prepared.set(text, known);
		return known;
	};
	const runAll = sqlite.transaction((statements: Statement[]) => {
		for (const [text, values] of statements) prepare(text).run(...values);
	});
	return {
		commit: (statements) => runAll.immediate(statements),
		rows: (text, values) => prepare(text).all(...values) as Row[]
	};
}

const INT8 = 20;

/** A pool as large as the app's. */
export function openBarePostgres(url: string): BareDatabase {
	const types = {
		getTypeParser: (oid: number, format?: string) =>
			oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')
	};
	const pool = new pg.Pool({ connectionString: url, max: 20, types });
	const numbered = new Map<string, string>();
	const number = (text: string) => {
		let count = 0;
		const known = numbered.get(text) ?? text.replaceAll('?', () => `$${++count}`);
		numbered.set(text, known);
		return known;
	};
	return {
		async commit(statements) {
			const client = await pool.connect();
			await client.query('begin');
			for (const [text, values] of statements) await client.query(number(text), values);
			await client.query('commit');
			client.release();
		},
		async rows(text, values) {
			const { rows } = await pool.query<Row>(number(text), values);
			return rows;
		}
	};
}

/** An insert of a row as it is. */
export function insertOf(table: string, row: Row): Statement {
	const columns = Object.keys(row);
	const places = columns.map(() => '?').join(', ');
	return [`insert into ${table} (${columns.join(', ')}) values (${places})`, Object.values(row)];
}
