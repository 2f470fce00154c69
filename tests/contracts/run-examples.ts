import { expect } from 'vitest';
import type { ApiDocument, Operation, Schema } from './document';
import type { Api } from './requests';
import { soundRequest, type Give, type SoundRequest } from './sound-request';

/** What a dialect adds so that all of its document's examples can be run. */
export interface Script {
	api: Pick<Api, 'origin' | 'document' | 'headers'>;
	give: Give;
	/**
	 * By code: requests whose last one is refused by it. `sound` is one that the operation would do.
	 */
	provoke: Record<string, Provoke>;
	/** The code in a refusal; undefined where the API has none. */
	codeOf(body: unknown): unknown;
	/** A webhook as it came, by its name in the document. */
	hear: Record<string, () => Promise<unknown>>;
}

export type Provoke = (
	sound: SoundRequest,
	operation: Operation
) => SoundRequest[] | Promise<SoundRequest[]>;

/** Every example of the document that an operation does what it says. */
export function samplesOf({ operations }: ApiDocument) {
	return operations.flatMap((operation) => {
		const names = Object.values(operation.bodies).flatMap(({ examples }) =>
			Object.keys(examples ?? {})
		);
		const done = answersOf(operation).filter(({ status }) => status < 400);
		const shown = done.flatMap(({ examples }) => Object.keys(examples));
		// Where there is no body to name, the answer's example stands for the address alone.
		return [...new Set(names.length > 0 ? [...names, ...shown] : shown)].map((example) => ({
			operation,
			example
		}));
	});
}

/** Every example of a refusal. */
export function refusalsOf({ operations }: ApiDocument) {
	return operations.flatMap((operation) =>
		answersOf(operation)
			.filter(({ status }) => status >= 400)
			.flatMap(({ status, examples }) =>
				Object.keys(examples).map((code) => ({ operation, status, code }))
			)
	);
}

function answersOf({ answers }: Operation) {
	return Object.entries(answers).map(([status, { content }]) => ({
		status: Number(status),
		schema: content?.['application/json']?.schema ?? {},
		examples: content?.['application/json']?.examples ?? {}
	}));
}

/** Sends an example and holds the answer against the one that bears its name. */
export async function runSample(
	script: Script,
	{ operation, example }: { operation: Operation; example: string }
): Promise<void> {
	const { api, give } = script;
	const answer = answersOf(operation).find(({ examples }) => example in examples);
	expect(answer, `${operation.operationId}: no answer shows ${example}`).toBeDefined();
	const request = await soundRequest(api, operation, { example, give });
	const { status, json, text } = await send(api.origin, request);
	expect(status, text).toBe(answer?.status);
	expectLike(api.document, answer?.schema ?? {}, {
		received: json,
		shown: answer?.examples[example]?.value
	});
}

/** Brings about a refusal and holds it against its example. */
export async function runRefusal(
	script: Script,
	{ operation, status, code }: { operation: Operation; status: number; code: string }
): Promise<void> {
	const { api, give, provoke, codeOf } = script;
	const how = provoke[`${operation.operationId}:${code}`] ?? provoke[code];
	if (!how) throw new Error(`Nobody has said how ${operation.operationId} refuses by ${code}`);
	const sound = await soundRequest(api, operation, { example: undefined, give });
	let last: Awaited<ReturnType<typeof send>> | undefined;
	for (const request of await how(sound, operation)) last = await send(api.origin, request);
	expect(last?.status, last?.text).toBe(status);
	const answer = answersOf(operation).find((each) => each.status === status);
	const shown = answer?.examples[code]?.value;
	expect(codeOf(last?.json)).toEqual(codeOf(shown));
	expectLike(api.document, answer?.schema ?? {}, { received: last?.json, shown });
}

/** Holds a webhook that was received against its example. */
export async function runWebhook({ api, hear }: Script, name: string): Promise<void> {
	const media = api.document.webhooks[name];
	const listen = hear[name];
	if (!media || !listen) throw new Error(`Nobody has said how to hear of ${name}`);
	const received = await listen();
	for (const { value: shown } of Object.values(media.examples ?? {})) {
		expectLike(api.document, media.schema, { received, shown });
	}
}

/** Both are as the schema says, and have the same names in the same order. */
function expectLike(
	document: ApiDocument,
	schema: Schema,
	{ received, shown }: { received: unknown; shown: unknown }
): void {
	expect(document.faultOf(schema, shown), JSON.stringify(shown)).toBeUndefined();
	expect(document.faultOf(schema, received), JSON.stringify(received)).toBeUndefined();
	expect(namesIn(received, shown)).toEqual(namesIn(shown, received));
}

/** Fields whose names are the caller's own, or of the fields that are at fault. */
const free = new Set(['errors', 'metadata']);

/** The names in a value, but for what is nothing in it or in the other. */
function namesIn(value: unknown, other: unknown): unknown {
	if (value === null || other === null) return null;
	if (Array.isArray(value)) {
		const [first] = value as unknown[];
		const [second] = Array.isArray(other) ? (other as unknown[]) : [];
		return first === undefined || second === undefined ? [] : [namesIn(first, second)];
	}
	// What kind of value it is, the schema has said.
	if (typeof value !== 'object') return 'value';
	const others = Object(other) as Record<string, unknown>;
	return Object.entries(Object(value) as object).map(([name, inner]) => [
		name,
		free.has(name) ? 'free' : namesIn(inner, others[name])
	]);
}

async function send(origin: string, { path, ...request }: SoundRequest) {
	const response = await fetch(origin + path, request);
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	return { status: response.status, text, json: (isJson ? JSON.parse(text) : text) as unknown };
}
