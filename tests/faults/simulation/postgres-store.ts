import { PostgresDialect, type Kysely } from 'kysely';
import pg from 'pg';
import { openPostgres } from '../../../src/lib/server/db/open-postgres.ts';
import type { Schema } from '../../../src/lib/server/db/schema.ts';
import { gatedHandle, type Engine, type Pace, type Store } from './store.ts';

/** The same over a PostgreSQL database, where transactions really run at the same time. */
export async function openPostgresStore(url: string, pace: () => Pace): Promise<Store> {
	await forgetFlushes(url);
	const plain = await openPostgres(url);
	const pool = new pg.Pool({
		connectionString: url,
		max: 20,
		types: { getTypeParser: (oid, format) => (oid === 20 ? Number : parserOf(oid, format)) }
	});
	pool.on('error', () => undefined);
	const dialect = new PostgresDialect({ pool });
	const engine: Engine = {
		plain,
		reads: (wrap) => ({
			createAdapter: () => dialect.createAdapter(),
			createIntrospector: (db) => dialect.createIntrospector(db),
			createQueryCompiler: () => dialect.createQueryCompiler(),
			createDriver: () => wrap(dialect.createDriver())
		}),
		inTransaction: (gates, work) =>
			plain.inTransaction((tx) =>
				work(
					(tx as Kysely<Schema>).withPlugin({
						transformQuery({ node }) {
							gates.query();
							return node;
						},
						transformResult: async ({ result }) => result
					})
				)
			)
	};
	const select = async <Row>(sql: string) => (await pool.query(sql)).rows as Row[];
	const tables = (
		await select<{ name: string }>(
			`select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`
		)
	).map(({ name }) => `"${name}"`);
	let kept: { text: string; values: unknown[] }[] = [];
	return {
		engine: 'postgres',
		plain,
		handle: (gates) => gatedHandle(engine, gates, pace),
		select,
		async keep() {
			kept = [];
			for (const table of tables) {
				for (const row of await select<Record<string, unknown>>(`select * from ${table}`)) {
					const columns = Object.keys(row);
					const places = columns.map((_, index) => `$${index + 1}`).join();
					const text = `insert into ${table} ("${columns.join('","')}") values (${places})`;
					kept.push({ text, values: Object.values(row) });
				}
			}
		},
		async restore() {
			const client = await pool.connect();
			try {
				await client.query('begin');
				await client.query("set local session_replication_role = 'replica'");
				for (const table of tables) await client.query(`delete from ${table}`);
				for (const { text, values } of kept) await client.query(text, values);
				await client.query('commit');
			} finally {
				client.release();
			}
		},
		async close() {
			await plain.close();
			await pool.end();
		}
	};
}

/** No machine dies here, so nothing has to reach the disk; flushes would be most of the time. */
async function forgetFlushes(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		const { pathname } = new URL(url);
		await client.query(`alter database "${pathname.slice(1)}" set synchronous_commit = off`);
	} finally {
		await client.end();
	}
}

function parserOf(oid: number, format?: string) {
	return pg.types.getTypeParser(oid, format as 'text');
}
