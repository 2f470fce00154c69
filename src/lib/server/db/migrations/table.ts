import type { CreateTableBuilder, Kysely } from 'kysely';

/**
 * Columns in a line each: `name type`. `text` and `bigint` mean the same to both engines; a `?`
 * behind the type lets it be null.
 */
export function table(db: Kysely<unknown>, name: string, columns: string) {
	let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
	for (const line of columns.trim().split('\n')) {
		const [column = '', type = ''] = line.trim().split(/\s+/);
		const base = type.replace('?', '') === 'text' ? 'text' : 'bigint';
		builder = builder.addColumn(column, base, (col) => (type.endsWith('?') ? col : col.notNull()));
	}
	return builder;
}

export async function index(db: Kysely<unknown>, name: string, on: string, columns: string[]) {
	await db.schema.createIndex(name).on(on).columns(columns).execute();
}
