import { z } from 'zod';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import type { ProviderCall } from '../provider';

/** The acquirer has this long for an answer; the credential `timeout_ms` can set another time. */
const TIMEOUT_MS = 12_000;
const MAX_RESPONSE_BYTES = 65_536;

export const credentialsSchema = z.object({
	base_url: z.url(),
	page_url: z.url(),
	api_key: z.string().min(1),
	notification_secret: z.string().min(1),
	timeout_ms: z.coerce.number().int().positive().optional(),
	/** How this account behaves, so that cascading can be tried out; steady when left out. */
	temper: z.enum(['steady', 'moody', 'silent']).optional()
});

/** A call of the acquirer's API. */
export interface Request {
	method: 'GET' | 'POST';
	path: string;
	body?: unknown;
}

/** What came of a call. The content is undefined where it is no whole JSON. */
export type Reply =
	| { kind: 'answer'; status: number; content: unknown }
	/** Surely not sent. */
	| { kind: 'unreachable' }
	| { kind: 'silence'; why: string };

/** Makes one call. Never throws for what the network does. */
export async function ask(call: ProviderCall, { method, path, body }: Request): Promise<Reply> {
	const credentials = credentialsSchema.parse(call.credentials);
	const url = new URL(`/simulator/acquirer${path}`, credentials.base_url).href;
	try {
		const response = await call.fetch(url, {
			method,
			headers: {
				authorization: `Bearer ${credentials.api_key}`,
				'simulator-temper': credentials.temper ?? 'steady',
				...(body === undefined ? {} : { 'content-type': 'application/json' })
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			timeoutMs: credentials.timeout_ms ?? TIMEOUT_MS,
			maxResponseBytes: MAX_RESPONSE_BYTES
		});
		const content = response.truncated ? undefined : parseJson(response.body);
		return { kind: 'answer', status: response.status, content };
	} catch (error) {
		if (!(error instanceof OutgoingError)) throw error;
		// A request that broke a rule of ours was not sent either.
		const isUnsent = error.kind === 'unreachable' || error.kind === 'refused';
		if (isUnsent) return { kind: 'unreachable' };
		return { kind: 'silence', why: error.kind };
	}
}

/** Undefined for what isn't JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The code of the acquirer's refusal; undefined where it isn't one. */
export function refusalCode(content: unknown): string | undefined {
	return refusalSchema.safeParse(content).data?.error.code;
}

/** What can't be told apart from having been done. */
export function unknown(reply: Exclude<Reply, { kind: 'unreachable' }>, what = 'unreadable') {
	const message =
		reply.kind === 'silence'
			? `The simulator gave no answer (${reply.why}).`
			: `The simulator’s answer is ${what} (status ${reply.status}).`;
	return { kind: 'unknown', message } as const;
}

export const unreachable = {
	kind: 'unreachable',
	message: 'No connection to the simulator could be made.'
} as const;
