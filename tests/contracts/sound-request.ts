import type { ApiDocument, Operation, Schema } from './document';
import type { Api } from './requests';

/** A request that can be sent as it is. */
export interface SoundRequest {
	method: string;
	/** Below the origin, with its query. */
	path: string;
	headers: Record<string, string>;
	body: string | undefined;
}

/** Gives the right value for a field marked `x-fresh`. */
export type Give = (mark: string, operation: Operation) => Promise<unknown>;

/** An example of an operation as it is sent: what is marked has values of its own. */
export async function soundRequest(
	{ document, headers }: Pick<Api, 'document' | 'headers'>,
	operation: Operation,
	{ example, give }: { example: string | undefined; give: Give }
): Promise<SoundRequest> {
	const query = new URLSearchParams();
	let path = operation.path;
	for (const { in: where, name, required, schema } of operation.parameters) {
		if (where === 'header' || (where === 'query' && !required && !isMarked(schema))) continue;
		const [shown = ''] = document.resolve(schema).examples ?? [];
		const value = String(
			await refresh(document, { schema, value: shown }, (mark) => give(mark, operation))
		);
		if (where === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
		else query.set(name, value);
	}
	if (query.size > 0) path += `?${query.toString()}`;
	const found = findExample(operation, example);
	const sent = found && {
		...found,
		value: await refresh(document, found, (mark) => give(mark, operation))
	};
	return {
		method: operation.method,
		path,
		headers: {
			...(!operation.isPublic && headers),
			...(sent && { 'content-type': sent.type })
		},
		body: sent && bodyOf(sent.type, sent.value)
	};
}

function isMarked(schema: Schema): boolean {
	return schema['x-fresh'] !== undefined;
}

function findExample({ bodies }: Operation, name: string | undefined) {
	for (const [type, { schema, examples = {} }] of Object.entries(bodies)) {
		for (const [each, { value }] of Object.entries(examples)) {
			if (name === undefined || each === name) return { type, schema, value };
		}
	}
	return undefined;
}

function bodyOf(type: string, value: unknown): string {
	if (!type.includes('form')) return JSON.stringify(value);
	return new URLSearchParams(Object(value) as Record<string, string>).toString();
}

/** The value with the fields that its schema marks given anew. */
async function refresh(
	document: ApiDocument,
	{ schema, value }: { schema: Schema; value: unknown },
	give: (mark: string) => Promise<unknown>
): Promise<unknown> {
	const { 'x-fresh': mark, properties = {}, items, anyOf = [] } = document.resolve(schema);
	if (mark !== undefined) return give(mark);
	if (Array.isArray(value)) {
		return Promise.all(
			value.map((inner) => refresh(document, { schema: items ?? {}, value: inner }, give))
		);
	}
	const branch = anyOf.find(({ properties: inner }) => inner);
	if (branch) return refresh(document, { schema: branch, value }, give);
	if (typeof value !== 'object' || value === null) return value;
	const fields: Record<string, unknown> = {};
	for (const [name, inner] of Object.entries(value)) {
		fields[name] = await refresh(document, { schema: properties[name] ?? {}, value: inner }, give);
	}
	return fields;
}
