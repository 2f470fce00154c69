import fc from 'fast-check';
import { expect } from 'vitest';
import { requestOf, type Api, type Request } from './requests';

/**
 * How many requests a dialect is tried with: fewer by CASHDESK_CONTRACT_REQUESTS. The seed that a
 * failure prints is given back as CASHDESK_CONTRACT_SEED.
 */
export const requestCount = Number(process.env.CASHDESK_CONTRACT_REQUESTS ?? 20_000);

/** How many are under way at once. */
const AT_ONCE = 16;

/** How often each operation gave each status. */
export type Tally = Map<string, Map<number, number>>;

/**
 * Sends generated requests, and holds every answer against the document. What fails is not made
 * smaller: each fault names its own request, and the seed brings all of them back.
 */
export async function runRequests(api: Api, count = requestCount): Promise<Tally> {
	const tally: Tally = new Map();
	const one = fc.oneof(...api.document.operations.map((operation) => requestOf(api, operation)));
	const batch = fc.array(one, { minLength: AT_ONCE, maxLength: AT_ONCE });
	const seed = Number(process.env.CASHDESK_CONTRACT_SEED ?? Date.now() % 2 ** 31);
	const property = fc.asyncProperty(batch, async (requests) => {
		const found = await Promise.all(requests.map((request) => send(api, request, tally)));
		const faults = found.filter((fault) => fault !== undefined);
		if (faults.length > 0) throw new Error(`With seed ${seed}:\n${faults.join('\n')}`);
	});
	const numRuns = Math.ceil(count / AT_ONCE);
	const { failed, errorInstance } = await fc.check(property, { seed, numRuns, endOnFailure: true });
	if (failed) throw errorInstance;
	return tally;
}

/** Sends one; returns what is wrong with its answer, as a sentence. */
async function send(api: Api, request: Request, tally: Tally): Promise<string | undefined> {
	const { method, path, headers, body, operation } = request;
	const response = await fetch(api.origin + path, { method, headers, body, redirect: 'manual' });
	const text = await response.text();
	const { status } = response;
	const counts = tally.get(operation.operationId) ?? new Map<number, number>();
	tally.set(operation.operationId, counts.set(status, (counts.get(status) ?? 0) + 1));
	const fault = judge(api, request, { status, text, type: response.headers.get('content-type') });
	if (fault === undefined) return undefined;
	const sent = `${method} ${path} ${JSON.stringify(headers)} ${body?.slice(0, 2000) ?? ''}`;
	return `${fault}\n  asked: ${sent}\n  answered: ${status} ${text.slice(0, 1000)}`;
}

interface Received {
	status: number;
	text: string;
	type: string | null;
}

function judge(api: Api, request: Request, { status, text, type }: Received): string | undefined {
	if (status >= 500) return 'The server failed';
	if (status < 400 && request.fault !== undefined) return `Taken in spite of: ${request.fault}`;
	const answer = documented(api, request, status);
	if (!answer) return `${request.operation.operationId} does not tell of ${status}`;
	const media = answer.content?.['application/json'];
	if (!media) return text === '' ? undefined : 'An answer without a body has one';
	if (!type?.startsWith('application/json')) return `The answer is ${type}`;
	const fault = api.document.faultOf(media.schema, parse(text));
	return fault && `The body of a ${status} is not as documented: ${fault}`;
}

function documented({ document }: Api, { operation, fault }: Request, status: number) {
	if (fault === 'method' && status === 405) return document.elsewhere.MethodNotAllowed;
	return operation.answers[String(status)];
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return `no JSON: ${text}`;
	}
}

/** Fails where an operation was never done, which would leave its answers unseen. */
export function expectAllDone(api: Api, tally: Tally): void {
	const undone = api.document.operations
		.map(({ operationId }) => operationId)
		.filter((id) => ![...(tally.get(id) ?? [])].some(([status]) => status < 300));
	expect(undone).toEqual([]);
}
