import fc from 'fast-check';
import type { ApiDocument, Operation, Parameter } from './document';
import { spoiled } from './spoil';
import { strange, valueOf, type Fresh } from './values';

/** One API as a caller sees it. */
export interface Api {
	origin: string;
	document: ApiDocument;
	/** Headers of a caller who may do everything. */
	headers: Record<string, string>;
	/** Headers of callers who may do nothing. */
	strangers: Record<string, string>[];
	fresh: Fresh;
	/** Values for the parameters of an operation that belong together, by its id. */
	parameters?: Record<string, fc.Arbitrary<Record<string, unknown>>>;
}

/** A request as it goes out. */
export interface Request {
	operation: Operation;
	method: string;
	path: string;
	headers: Record<string, string>;
	body: string | undefined;
	/** What the document has to say against it; undefined: nothing, it may succeed. */
	fault: string | undefined;
}

interface Parts {
	operation: Operation;
	parameters: Record<string, unknown>;
	type: string;
	body: unknown;
}

/** What is done to a sound request. */
const harms = ['caller', 'type', 'text', 'method', 'size', 'none'] as const;

/** Requests of one operation, about half of them sound. */
export function requestOf(api: Api, operation: Operation): fc.Arbitrary<Request> {
	const types = Object.entries(operation.bodies);
	const bodies: [fc.Arbitrary<string>, fc.Arbitrary<unknown>][] =
		types.length === 0
			? [[fc.constant(''), fc.constant(undefined)]]
			: types.map(([type, { schema }]) => [
					fc.constant(type),
					valueOf(api.document, schema, api.fresh)
				]);
	const sound = fc.oneof(
		...bodies.map(([type, body]) =>
			fc.record({ type, body, parameters: parametersOf(api, operation, false) })
		)
	);
	const spoiledBody = fc.oneof(
		...bodies.map(([type, body]) =>
			fc.record({
				type,
				body: types.length === 0 ? body : spoiled(body),
				parameters: parametersOf(api, operation, types.length === 0)
			})
		)
	);
	const spoiledParameters = fc.oneof(
		...bodies.map(([type, body]) =>
			fc.record({ type, body, parameters: parametersOf(api, operation, true) })
		)
	);
	const key = fc.option(fc.stringMatching(/^[\x21-\x7e]{1,40}$/), { freq: 6, nil: undefined });
	return fc
		.record({
			parts: fc.oneof(
				{ weight: 5, arbitrary: sound },
				{ weight: 4, arbitrary: spoiledBody },
				{ weight: 1, arbitrary: spoiledParameters }
			),
			harm: fc.oneof(
				{ weight: 14, arbitrary: fc.constant('none' as const) },
				{ weight: 2, arbitrary: fc.constantFrom(...harms) }
			),
			key,
			stranger: fc.nat(),
			noise: fc.tuple(fc.nat(400), fc.string({ unit: 'binary', maxLength: 8 }))
		})
		.map(({ parts, harm, ...rest }) => ruin(api, { operation, ...parts }, { harm, ...rest }));
}

function parametersOf(
	{ document, fresh, parameters }: Api,
	{ operationId, parameters: list }: Operation,
	isSpoiled: boolean
): fc.Arbitrary<Record<string, unknown>> {
	const named = list.filter((parameter) => parameter.in !== 'header');
	const one = ({ schema }: Parameter) => {
		const value = valueOf(document, schema, fresh);
		return isSpoiled ? fc.oneof(value, strange.map(textOf)) : value;
	};
	const required = named.filter((parameter) => parameter.required || parameter.in === 'path');
	const each = fc.record(Object.fromEntries(named.map((part) => [part.name, one(part)])), {
		requiredKeys: required
			.filter((parameter) => !isSpoiled || parameter.in === 'path')
			.map(({ name }) => name)
	});
	const together = parameters?.[operationId];
	return together ? fc.oneof({ weight: 4, arbitrary: together }, each) : each;
}

function textOf(value: unknown): string {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.slice(0, 300).toWellFormed();
}

interface Ruin {
	harm: (typeof harms)[number];
	key: string | undefined;
	stranger: number;
	noise: [number, string];
}

function ruin(api: Api, parts: Parts, { harm, key, stranger, noise }: Ruin): Request {
	const { operation, type } = parts;
	const hasBody = type !== '';
	const headers: Record<string, string> = {
		...(!operation.isPublic && api.headers),
		...(hasBody && { 'content-type': type }),
		...(key !== undefined && hasBody && { 'idempotency-key': key })
	};
	const request: Request = {
		operation,
		method: operation.method,
		path: addressOf(operation, parts.parameters),
		headers,
		body: hasBody ? bodyOf(type, parts.body) : undefined,
		fault: faultOf(api.document, parts)
	};
	switch (harm) {
		case 'caller': {
			if (operation.isPublic) return request;
			const other = api.strangers[stranger % api.strangers.length] ?? {};
			const own = Object.keys(api.headers);
			const kept = Object.entries(headers).filter(([name]) => !own.includes(name));
			return { ...request, headers: { ...Object.fromEntries(kept), ...other }, fault: 'stranger' };
		}
		case 'type':
			if (!hasBody) return request;
			headers['content-type'] = 'text/plain';
			return { ...request, fault: 'content type' };
		case 'text': {
			if (request.body === undefined) return request;
			const [at, put] = noise;
			const cut = Math.min(at, request.body.length - 1);
			const body = request.body.slice(0, cut) + put;
			// What is left of a form, or of a body that was sound, may be sound; so may be no body at all.
			const maySay = body === '' || isJson(body) || type.includes('form');
			return { ...request, body, fault: maySay ? undefined : 'text' };
		}
		case 'method':
			return { ...request, method: 'PATCH', fault: 'method' };
		case 'size':
			if (!hasBody || at64(noise)) return request;
			return { ...request, body: `${request.body}${' '.repeat(300_000)}`, fault: 'size' };
		default:
			return request;
	}
}

/** Large bodies are slow to send; few are enough. */
function at64([at]: [number, string]): boolean {
	return at % 64 !== 0;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** What the document says against the parts of a request. */
function faultOf(document: ApiDocument, parts: Parts): string | undefined {
	const { operation, parameters, type, body } = parts;
	const media = operation.bodies[type];
	const fault = media && document.faultOf(media.schema, JSON.parse(JSON.stringify(body)));
	if (fault !== undefined) return `body: ${fault}`;
	for (const { in: where, name, required, schema } of operation.parameters) {
		if (where === 'header') continue;
		const value = parameters[name];
		if (value === undefined) {
			if (required) return `${name} is missing`;
			continue;
		}
		// In an address a number is text: only what is said of text can be held against it.
		const type = document.resolve(schema).type ?? 'string';
		const read = type === 'string' ? String(value) : value;
		const wrong = document.faultOf(schema, read);
		if (wrong !== undefined && type === 'string') return `${name}: ${wrong}`;
	}
	return undefined;
}

function addressOf({ path, parameters }: Operation, values: Record<string, unknown>): string {
	const query = new URLSearchParams();
	let address = path;
	for (const { in: where, name } of parameters) {
		const value = values[name];
		if (value === undefined) continue;
		if (where === 'path') {
			const text = String(value).toWellFormed();
			// Nothing, a dot or two would make another address.
			const part = encodeURIComponent(/^\.{0,2}$/.test(text) ? `${text} ` : text);
			address = address.replace(`{${name}}`, () => part);
		}
		if (where === 'query') query.append(name, String(value));
	}
	return query.size > 0 ? `${address}?${query.toString()}` : address;
}

function bodyOf(type: string, body: unknown): string {
	if (!type.includes('form')) return JSON.stringify(body);
	const fields = Object.entries(Object(body) as object);
	return new URLSearchParams(fields.map(([name, value]) => [name, textOf(value)])).toString();
}
