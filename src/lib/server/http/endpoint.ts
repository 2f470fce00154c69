import type { RequestEvent } from '@sveltejs/kit';
import type { Context } from '$lib/server/context';
import type { Insertion } from '$lib/server/db/insert-together';
import type { Mode } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import { describeError } from '$lib/server/log/describe-error';
import { insertOnce, isKeyUsed, readIdempotencyKey, runOnce, type Work } from './idempotency';
import { limitCaller } from './rate-limits';
import { readBody, requireJson } from './read-body';
import { readStrictJson, type JsonValue } from './read-strict-json';

/** Bytes of a request's body (security.md, *Incoming*). */
const MAX_BODY = 256 * 1024;

/** Methods whose requests have a body. */
const bodied = new Set(['POST', 'PUT']);

/** What every dialect's caller has; a dialect adds its own. */
export interface Caller {
	context: Context;
	/** Whose Idempotency-Keys are one space: the application's id, or the merchant's. */
	ownerId: string;
	/** The key or token that was used, for limits: never its secret. */
	keyId: string;
	mode: Mode;
}

/** What an endpoint is given besides its caller. */
export interface Call extends Work {
	url: URL;
	params: Partial<Record<string, string>>;
	requestId: string;
	/** The body of a POST or PUT, strictly read; else null. */
	json: JsonValue;
}

interface EndpointOptions {
	/** Promises that `call.insert`, called once at most, is all that a successful call changes. */
	inOneInsert?: boolean;
	/** Takes a POST without a body for an empty object. */
	mayBeEmpty?: boolean;
}

export interface DialectDoor<C extends Caller> {
	authenticate(event: RequestEvent): Promise<C>;
	/** Status, headers and body of a refusal in the dialect's shape. */
	viewError(error: BusinessError, requestId: string): Response;
	/** Whether POSTs take JSON and honour `Idempotency-Key`. */
	idempotent: boolean;
}

/**
 * Makes a dialect's `endpoint`: it tells who is calling, holds the limits, reads the body, keeps
 * the idempotency promise and puts every refusal into the dialect's shape. What is thrown and is
 * no BusinessError is a defect: logged with the request id, answered without a word of it.
 */
export function endpointFor<C extends Caller>(door: DialectDoor<C>) {
	return (act: Act<C>, options: EndpointOptions = {}) =>
		async (event: RequestEvent): Promise<Response> => {
			const { context, requestId } = event.locals;
			try {
				const caller = await door.authenticate(event);
				await limitCaller(context, caller.keyId);
				if (!bodied.has(event.request.method)) return await act(caller, callOf(event, null));
				return await actOnBody({ door, act, options }, caller, event);
			} catch (error) {
				return door.viewError(refusalOf(error, context, requestId), requestId);
			}
		};
}

type Act<C extends Caller> = (caller: C, call: Call) => Promise<Response>;

function callOf({ url, params, locals }: RequestEvent, json: JsonValue, work?: Work): Call {
	const insert = (rows: readonly Insertion[]) => locals.context.db.insertTogether(rows);
	const { requestId } = locals;
	return { url, params, requestId, json, ...(work ?? { resourceId: undefined, insert }) };
}

async function actOnBody<C extends Caller>(
	{ door, act, options }: { door: DialectDoor<C>; act: Act<C>; options: EndpointOptions },
	caller: C,
	event: RequestEvent
): Promise<Response> {
	const { context, requestId } = event.locals;
	const body = await bodyOf(event.request, options);
	const run = async (work?: Work) => act(caller, callOf(event, readStrictJson(body), work));
	// A PUT says what shall be: to say it again changes nothing.
	const isKeyed = door.idempotent && event.request.method === 'POST';
	const key = isKeyed ? readIdempotencyKey(event.request.headers) : undefined;
	if (key === undefined) return run();

	const { ownerId: applicationId, mode } = caller;
	// However an address is written, it is one place for keys. PostgreSQL takes no text with NUL.
	const path = decodeURI(event.url.pathname).replaceAll('\0', '%00');
	const keyed = { applicationId, mode, path, key, body };
	const once = options.inOneInsert ? insertOnce : runOnce;
	return once(context, keyed, (work) =>
		run(work).catch((error: unknown) => {
			if (isKeyUsed(error)) throw error;
			return door.viewError(refusalOf(error, context, requestId), requestId);
		})
	);
}

async function bodyOf(request: Request, { mayBeEmpty }: EndpointOptions): Promise<Uint8Array> {
	if (!mayBeEmpty) requireJson(request);
	const body = await readBody(request, MAX_BODY);
	if (!mayBeEmpty) return body;
	if (body.length === 0) return emptyObject;
	requireJson(request);
	return body;
}

const emptyObject = new TextEncoder().encode('{}');

/**
 * Makes a dialect's addresses that anybody may call, such as the one for tokens: only refusals are
 * taken care of.
 */
export function openEndpointFor({ viewError }: Pick<DialectDoor<Caller>, 'viewError'>) {
	return (act: (event: RequestEvent) => Promise<Response>) =>
		async (event: RequestEvent): Promise<Response> => {
			const { context, requestId } = event.locals;
			try {
				return await act(event);
			} catch (error) {
				return viewError(refusalOf(error, context, requestId), requestId);
			}
		};
}

function refusalOf(error: unknown, { log }: Context, requestId: string): BusinessError {
	if (error instanceof BusinessError) return error;
	log.error('a request failed', { requestId, error: describeError(error) });
	return new BusinessError('internal', 'Something went wrong on our side');
}

/** Answers what an address does not take, and addresses that are none, in the dialect's shape. */
export function refusalsFor({ viewError }: Pick<DialectDoor<Caller>, 'viewError'>) {
	const refuse = (error: BusinessError, { locals }: RequestEvent) =>
		viewError(error, locals.requestId);
	return {
		refuseMethod: (event: RequestEvent) => {
			const message = `This address does not take ${event.request.method}`;
			return refuse(new BusinessError('method_not_allowed', message), event);
		},
		refuseAddress: (event: RequestEvent) =>
			refuse(new BusinessError('not_found', 'No such address'), event)
	};
}

/** A JSON answer; bodies here are small and built once. */
export function json(body: unknown, status = 200): Response {
	const text = JSON.stringify(body);
	return new Response(text, {
		status,
		headers: {
			'content-type': 'application/json',
			'content-length': String(Buffer.byteLength(text))
		}
	});
}
