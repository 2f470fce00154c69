import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import type { AppPlace } from '../app.ts';

/** A look into the app's database from outside, past all of its code. */
export interface Ledger {
	select<Row>(sql: string): Promise<Row[]>;
	change(sql: string): Promise<void>;
	close(): Promise<void>;
}

export async function openLedger({ dataDir, databaseUrl }: AppPlace): Promise<Ledger> {
	if (databaseUrl) {
		const client = new pg.Client({
			connectionString: databaseUrl,
			// Amounts and moments stay below 2^53.
			types: { getTypeParser: (oid, format) => (oid === 20 ? Number : parserOf(oid, format)) }
		});
		await client.connect();
		return {
			select: async <Row>(sql: string) => (await client.query(sql)).rows as Row[],
			change: async (sql) => void (await client.query(sql)),
			close: () => client.end()
		};
	}
	const sqlite = new BetterSqlite3(`${dataDir}/cashdesk.db`, { timeout: 10_000 });
	return {
		select: async <Row>(sql: string) => sqlite.prepare(sql).all() as Row[],
		change: async (sql) => void sqlite.prepare(sql).run(),
		close: async () => void sqlite.close()
	};
}

function parserOf(oid: number, format?: string) {
	return pg.types.getTypeParser(oid, format as 'text');
}
