import { Ajv2020 } from 'ajv/dist/2020.js';

/** An API's OpenAPI document, as its tests read it. */

export interface Schema {
	$ref?: string;
	description?: string;
	type?: string | string[];
	enum?: unknown[];
	const?: unknown;
	anyOf?: Schema[];
	oneOf?: Schema[];
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean | Schema;
	propertyNames?: Schema;
	items?: Schema;
	minItems?: number;
	maxItems?: number;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number;
	pattern?: string;
	format?: string;
	examples?: unknown[];
	/** What the field's value must be the right one of; every other field's example runs. */
	'x-fresh'?: string;
}

interface Example {
	summary?: string;
	value: unknown;
}

interface Media {
	schema: Schema;
	examples?: Record<string, Example>;
}

type Content = Record<string, Media>;

export interface Parameter {
	in: 'query' | 'path' | 'header';
	name: string;
	description?: string;
	required?: boolean;
	schema: Schema;
}

interface Answer {
	description: string;
	content?: Content;
}

export interface Operation {
	operationId: string;
	method: string;
	/** Below the origin, with its parameters in braces. */
	path: string;
	/** Whether anybody may call it. */
	isPublic: boolean;
	parameters: Parameter[];
	/** Body by content type; none: it takes no body. */
	bodies: Content;
	answers: Record<string, Answer>;
}

interface Written {
	servers: { url: string }[];
	security?: unknown[];
	paths: Record<string, Record<string, WrittenOperation>>;
	webhooks?: Record<string, { post: WrittenOperation }>;
	components?: { responses?: Record<string, Answer> };
}

interface WrittenOperation {
	operationId: string;
	security?: unknown[];
	parameters?: Parameter[];
	requestBody?: { content: Content };
	responses: Record<string, Answer>;
}

export interface ApiDocument {
	operations: Operation[];
	/** The bodies that a merchant gets, by the webhook's name. */
	webhooks: Record<string, Media>;
	/** Answers of addresses and methods that are no operation. */
	elsewhere: Record<string, Answer>;
	/** What a schema of this document says against a value; undefined: nothing. */
	faultOf(schema: Schema, value: unknown): string | undefined;
	resolve(schema: Schema): Schema;
}

/** Reads a document. Each schema is compiled once, when it is first asked for. */
export function readDocument(text: string): ApiDocument {
	const written = JSON.parse(text) as Written;
	const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
	ajv.addSchema({ $id: 'document', components: written.components });
	const compiled = new Map<Schema, ReturnType<typeof ajv.compile>>();
	const base = written.servers[0]?.url ?? '';
	return {
		operations: Object.entries(written.paths).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]) =>
				readOperation(written, operation, { method, path: `${base === '/' ? '' : base}${path}` })
			)
		),
		webhooks: Object.fromEntries(
			Object.entries(written.webhooks ?? {}).flatMap(([name, { post }]) => {
				const media = post.requestBody?.content['application/json'];
				return media ? [[name, media]] : [];
			})
		),
		elsewhere: written.components?.responses ?? {},
		faultOf(schema, value) {
			let validate = compiled.get(schema);
			if (!validate) compiled.set(schema, (validate = ajv.compile(rooted(schema))));
			return validate(value) ? undefined : ajv.errorsText(validate.errors);
		},
		resolve(schema) {
			const name = schema.$ref?.split('/').at(-1);
			if (name === undefined) return schema;
			const { schemas } = written.components as { schemas?: Record<string, Schema> };
			const found = schemas?.[name];
			if (!found) throw new Error(`The document has no schema ${schema.$ref}`);
			return found;
		}
	};
}

function readOperation(
	written: Written,
	operation: WrittenOperation,
	{ method, path }: { method: string; path: string }
): Operation {
	return {
		operationId: operation.operationId,
		method: method.toUpperCase(),
		path,
		isPublic: (operation.security ?? written.security ?? []).length === 0,
		parameters: operation.parameters ?? [],
		bodies: operation.requestBody?.content ?? {},
		answers: operation.responses
	};
}

/** References as seen from outside the document. */
function rooted(schema: Schema): object {
	const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/');
	return JSON.parse(text) as object;
}
