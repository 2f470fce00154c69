import { Kysely, type CompiledQuery } from 'kysely';
import { sha256 } from '$lib/server/secrets/sha256';
import type { Reader } from './database';

/** What building a select leads to. */
interface Built<Row> {
	compile(): CompiledQuery<Row>;
	execute(): Promise<Row[]>;
}

interface Kept {
	compiled: CompiledQuery;
	/** For each parameter the value that stands there by its index, or what was built in. */
	parameters: { value: number | null; constant: unknown }[];
}

/**
 * A select that is built and compiled once for each handle and run with other values from then on:
 * for what every page view asks, since building costs more than most answers. `build` is called with
 * stand-ins, which it may hand to conditions and nothing else. It names its columns, because
 * PostgreSQL, which plans it once a connection, refuses a plan whose columns have become others. No
 * question mark may be in its text, and what a partial index asks for has to be a literal (`lit`),
 * since SQLite plans it without seeing the values (sqlite-dialect.ts).
 */
export function keptQuery<Values extends readonly unknown[], Row>(
	build: (reader: Reader, ...values: Values) => Built<Row>
): (reader: Reader, ...values: Values) => Promise<Row[]> {
	const known = new WeakMap<Reader, Kept>();
	return async (reader, ...values) => {
		// Tests watch what is read by handles of their own.
		if (!(reader instanceof Kysely)) return build(reader, ...values).execute();
		let kept = known.get(reader);
		if (!kept) {
			const places = values.map((_, index) => Symbol(String(index)));
			kept = keep(build(reader, ...(places as unknown as Values)).compile(), places);
			known.set(reader, kept);
		}
		const parameters = kept.parameters.map(({ value, constant }) =>
			value === null ? constant : values[value]
		);
		const { rows } = await reader.executeQuery<Row>({ ...kept.compiled, parameters });
		return rows;
	};
}

function keep(compiled: CompiledQuery, places: readonly symbol[]): Kept {
	const parameters = compiled.parameters.map((constant) => {
		const index = places.indexOf(constant as symbol);
		return { value: index < 0 ? null : index, constant };
	});
	names.set(compiled.sql, `kept-${sha256(compiled.sql).slice(0, 16)}`);
	return { compiled, parameters };
}

/** There are no more of them than calls of `keptQuery`. */
const names = new Map<string, string>();

/** The name under which PostgreSQL keeps the plan of a query's text; undefined: of any other. */
export function nameOfKept(sql: string): string | undefined {
	return names.get(sql);
}
