import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import type { AppPlace } from './app.ts';

interface Filling {
	/** The id of the transaction that the others are like, with its session and its attempts. */
	like: string;
	count: number;
	/** Milliseconds: the moments of the first and, before it, of the last. */
	from: number;
	until: number;
}

/** What a statement takes from the filling instead of from the row that it copies. */
const fresh: Record<string, Record<string, string>> = {
	sessions: {
		id: 'fresh.column2',
		token_sha256: 'fresh.column2',
		reference: 'fresh.column1',
		created_at: 'fresh.column4'
	},
	transactions: {
		id: 'fresh.column1',
		session_id: 'fresh.column2',
		reference: 'fresh.column1',
		created_at: 'fresh.column4',
		updated_at: 'fresh.column4'
	},
	attempts: {
		id: 'fresh.column3',
		transaction_id: 'fresh.column1',
		created_at: 'fresh.column4',
		updated_at: 'fresh.column4'
	}
};

/** Rows a statement: the engines take far more text than this makes. */
const BATCH = 1_000;

/**
 * Copies a transaction many times, straight into the database of an app that may be running, under
 * ids of their own that are spread over a span of time. Resolves with those ids, oldest first.
 */
export async function fillTransactions(place: AppPlace, filling: Filling): Promise<string[]> {
	const { like, count, from, until } = filling;
	const session = `(select session_id from transactions where id = '${like}')`;
	const sources: [string, string][] = [
		['sessions', `id = ${session}`],
		['transactions', `id = '${like}'`],
		['attempts', `transaction_id = '${like}'`]
	];
	return onDatabase(place, async (query) => {
		const copies: string[] = [];
		for (const [table, where] of sources) {
			const [row] = await query(`select * from ${table} where ${where}`);
			if (!row) throw new Error(`Nothing in ${table} to be copied`);
			const columns = Object.keys(row);
			const values = columns.map((column) => fresh[table]?.[column] ?? `source.${column}`);
			copies.push(
				`insert into ${table} (${columns.join(', ')}) select ${values.join(', ')}
				from fresh, ${table} as source where source.${where}`
			);
		}
		const ids: string[] = [];
		await query('begin');
		while (ids.length < count) {
			const rows: string[] = [];
			for (let made = 0; made < BATCH && ids.length < count; made++) {
				const moment = Math.floor(from + ((until - from) * ids.length) / count);
				const id = newId(moment);
				ids.push(id);
				rows.push(`('${id}', '${newId(moment)}', '${newId(moment)}', ${moment})`);
			}
			for (const copy of copies) {
				await query(copy.replace('from fresh', `from (values ${rows.join(', ')}) as fresh`));
			}
		}
		await query('commit');
		return ids.sort();
	});
}

/** A UUID of version 7 for a moment. */
function newId(moment: number): string {
	const hex = moment.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

type Query = (statement: string) => Promise<Record<string, unknown>[]>;

/** Speaks to the database of an app beside it, over a connection that is closed afterwards. */
export async function onDatabase<T>(
	{ dataDir, databaseUrl }: AppPlace,
	work: (query: Query) => Promise<T>
): Promise<T> {
	if (databaseUrl) {
		const client = new pg.Client({ connectionString: databaseUrl });
		await client.connect();
		try {
			return await work(async (statement) => (await client.query(statement)).rows);
		} finally {
			await client.end();
		}
	}
	const sqlite = new BetterSqlite3(join(dataDir, 'cashdesk.db'), { timeout: 30_000 });
	try {
		return await work(async (statement) => {
			const prepared = sqlite.prepare(statement);
			if (prepared.reader) return prepared.all() as Record<string, unknown>[];
			prepared.run();
			return [];
		});
	} finally {
		sqlite.close();
	}
}
