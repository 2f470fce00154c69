import { sql, type CreateTableBuilder, type Kysely } from 'kysely';

/**
 * Columns in a line each: `name type`. `text` and `bigint` mean the same to both engines; a `?`
 * behind the type lets it be null.
 */
export function table(db: Kysely<unknown>, name: string, columns: string) {
	let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
	for (const { column, type, isNullable } of linesOf(columns)) {
		builder = builder.addColumn(column, type, (col) => (isNullable ? col : col.notNull()));
	}
	return builder;
}

/**
 * Adds columns to a table that holds rows: the same lines, where `name type = value` says what the
 * rows there get. A column that may not be null needs one.
 */
export async function addColumns(db: Kysely<unknown>, name: string, columns: string) {
	for (const { column, type, isNullable, value } of linesOf(columns)) {
		await db.schema
			.alterTable(name)
			.addColumn(column, type, (col) =>
				isNullable ? col : col.notNull().defaultTo(sql.lit(type === 'text' ? value : Number(value)))
			)
			.execute();
	}
}

export async function index(db: Kysely<unknown>, name: string, on: string, columns: string[]) {
	await db.schema.createIndex(name).on(on).columns(columns).execute();
}

function linesOf(columns: string) {
	return columns
		.trim()
		.split('\n')
		.map((line) => {
			const [definition = '', value = ''] = line.split('=').map((part) => part.trim());
			const [column = '', type = ''] = definition.split(/\s+/);
			const base: 'text' | 'bigint' = type.replace('?', '') === 'text' ? 'text' : 'bigint';
			return { column, type: base, isNullable: type.endsWith('?'), value };
		});
}
