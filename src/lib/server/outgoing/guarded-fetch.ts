import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { Agent, buildConnector, errors, type Dispatcher } from 'undici';
import {
	checkAddress,
	hostOf,
	lookUpHost,
	mayConnect,
	type AddressRules,
	type Lookup
} from './check-address';
import { OutgoingError } from './outgoing-error';

export interface OutgoingRequest {
	method: string;
	headers?: Record<string, string>;
	body?: string | Uint8Array;
	/** From the call to the last byte of the answer, the look-up of the host included. */
	timeoutMs: number;
	/** How much of the answer's body is read; the rest is given up with the connection. */
	maxResponseBytes: number;
	signal?: AbortSignal;
}

interface OutgoingResponse {
	/** Redirects are answers like any other: they are never followed. */
	status: number;
	/** By lower-case name; a header that came several times is joined with commas. */
	headers: Record<string, string>;
	/** As UTF-8, at most maxResponseBytes of it. */
	body: string;
	/** Whether there was more. */
	truncated: boolean;
}

/** @throws OutgoingError, and nothing else */
export type GuardedFetch = (url: string, request: OutgoingRequest) => Promise<OutgoingResponse>;

interface GuardOptions extends AddressRules {
	/** For tests; the system's resolver when left out. */
	lookup?: Lookup;
}

const connectionsPerOrigin = 64;
const keepAliveMs = 4000;
/** Also where the other side offers to keep a connection for longer. */
const longestKeepAliveMs = 30_000;
const connectTimeoutMs = 10_000;
const headerBytes = 16_384;

/**
 * A fetch for addresses that people gave. It reaches public hosts over https only, and this machine
 * where that is allowed. A host is resolved once a connection, and the connection goes to what was
 * resolved and checked; connections are kept for the next request to the same origin.
 */
export function createGuardedFetch({ lookup, ...rules }: GuardOptions): GuardedFetch {
	const agent = new Agent({
		connect: buildConnector({
			allowH2: false,
			timeout: connectTimeoutMs,
			lookup: guardLookup(rules, lookup ?? lookUpHost)
		}),
		connections: connectionsPerOrigin,
		keepAliveTimeout: keepAliveMs,
		keepAliveMaxTimeout: longestKeepAliveMs,
		maxHeaderSize: headerBytes,
		// The deadline of the whole request stands in for both.
		headersTimeout: 0,
		bodyTimeout: 0
	});
	return async (address, request) => {
		const broken = checkAddress(address, rules);
		if (broken !== undefined) throw new OutgoingError('refused', broken);
		const line: Line = { isTaken: false };
		const dispatcher = agent.compose(noteStart(line));
		return withDeadline(request, line, (signal) =>
			send(dispatcher, new URL(address), request, signal)
		);
	};
}

/** Whether a request has been given to a connection: until then not a byte of it is on its way. */
interface Line {
	isTaken: boolean;
}

/**
 * Notes the moment in which undici gives a request to a connection, just before it writes. By its
 * errors alone one can't tell: a kept connection may break with the code of one never made.
 */
function noteStart(line: Line): Dispatcher.DispatcherComposeInterceptor {
	return (dispatch) => (options, handler) => {
		const start = handler.onRequestStart?.bind(handler);
		handler.onRequestStart = (controller, context) => {
			line.isTaken = true;
			start?.(controller, context);
		};
		return dispatch(options, handler);
	};
}

/**
 * What Node asks before it connects to a name, once a connection. It never asks for a literal
 * address: `checkAddress` has seen those.
 */
function guardLookup(rules: AddressRules, lookup: Lookup): LookupFunction {
	return (host, { all }, callback) => {
		lookup(host).then(
			(ips) => {
				const [first = ''] = ips;
				if (!mayConnect(host, ips, rules)) callback(barred(), '');
				else if (!all) callback(null, first, isIP(first));
				else
					callback(
						null,
						ips.map((address) => ({ address, family: isIP(address) }))
					);
			},
			(error) => callback(error, '')
		);
	};
}

function barred(): OutgoingError {
	return new OutgoingError('refused', 'The address must lead to a public host.');
}

/**
 * Runs a request against its deadline. The race is needed: undici looks at a signal only once there
 * is a connection, and a look-up may hang. What lost the race is aborted, or never sent.
 */
async function withDeadline(
	{ timeoutMs, signal: outer }: OutgoingRequest,
	line: Line,
	run: (signal: AbortSignal) => Promise<OutgoingResponse>
): Promise<OutgoingResponse> {
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(late(timeoutMs, line)), timeoutMs);
	const stop = () => controller.abort(new OutgoingError('connection', 'The request was given up.'));
	outer?.addEventListener('abort', stop);
	try {
		if (outer?.aborted) stop();
		return await new Promise((resolve, reject) => {
			const { signal } = controller;
			signal.addEventListener('abort', () => reject(signal.reason));
			if (signal.aborted) reject(signal.reason);
			else run(signal).then(resolve, reject);
		});
	} catch (error) {
		throw toOutgoingError(error, line);
	} finally {
		clearTimeout(timer);
		outer?.removeEventListener('abort', stop);
	}
}

async function send(
	dispatcher: Dispatcher,
	url: URL,
	{ method, headers, body, maxResponseBytes }: OutgoingRequest,
	signal: AbortSignal
): Promise<OutgoingResponse> {
	// Certificates and `Host` know no dot at the end of a name.
	if (isIP(hostOf(url)) === 0) url.hostname = hostOf(url);
	const response = await dispatcher.request({
		origin: url.origin,
		path: url.pathname + url.search,
		method,
		headers,
		body,
		signal
	});
	const read = await readAtMost(response.body, maxResponseBytes);
	return { status: response.statusCode, headers: joinHeaders(response.headers), ...read };
}

async function readAtMost(
	stream: Dispatcher.ResponseData['body'],
	maxBytes: number
): Promise<{ body: string; truncated: boolean }> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	// Leaving the loop early destroys the stream, and its connection with it.
	for await (const chunk of stream) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > maxBytes) break;
	}
	const body = Buffer.concat(chunks, Math.min(length, maxBytes)).toString('utf8');
	return { body, truncated: length > maxBytes };
}

function joinHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
	const entries = Object.entries(headers).map(([name, value]) => [
		name,
		Array.isArray(value) ? value.join(', ') : (value ?? '')
	]);
	return Object.fromEntries(entries);
}

/** What was not sent by now never is: an aborted request is dropped before it is written. */
function late(timeoutMs: number, { isTaken }: Line): OutgoingError {
	return isTaken
		? new OutgoingError('timeout', `No full answer within ${timeoutMs} ms.`)
		: new OutgoingError('unreachable', `No connection within ${timeoutMs} ms.`);
}

function toOutgoingError(error: unknown, { isTaken }: Line): OutgoingError {
	if (error instanceof OutgoingError) return error;
	if (error instanceof errors.InvalidArgumentError) {
		return new OutgoingError('refused', 'The request cannot be sent in this form.', error);
	}
	if (!isTaken) return new OutgoingError('unreachable', 'No connection was made.', error);
	const isUnreadable =
		error instanceof errors.HTTPParserError ||
		error instanceof errors.HeadersOverflowError ||
		error instanceof errors.ResponseContentLengthMismatchError;
	return isUnreadable
		? new OutgoingError('unreadable', 'The answer is not readable as HTTP.', error)
		: new OutgoingError('connection', 'The connection broke off.', error);
}
