import { BusinessError } from '$lib/server/errors';

/**
 * Reads a request's body whole, and no more of it than is allowed.
 *
 * @throws BusinessError `too_large` over maxBytes, `unreadable` when the body breaks off
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
	const declaredBytes = Number(request.headers.get('content-length'));
	if (declaredBytes > maxBytes) throw tooLarge(maxBytes);
	if (!request.body) return new Uint8Array();
	const reader = request.body.getReader();
	const chunks: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read().catch((error: unknown) => {
			throw whyUnread(error, maxBytes);
		});
		if (done) return join(chunks, length);
		length += value.length;
		if (length > maxBytes) {
			// Not canceled: that would break the connection before the caller has read the refusal. The
			// server lets the rest of the body run off.
			reader.releaseLock();
			throw tooLarge(maxBytes);
		}
		chunks.push(value);
	}
}

/** @throws BusinessError `unsupported_content_type` unless the body is declared as JSON in UTF-8 */
export function requireJson(request: Request): void {
	const type = request.headers.get('content-type');
	if (type === 'application/json') return;
	if (type && /^application\/json\s*(;\s*charset="?utf-?8"?\s*)?;?\s*$/i.test(type)) return;
	throw new BusinessError(
		'unsupported_content_type',
		'The body must be sent with the content type application/json.'
	);
}

function join(chunks: Uint8Array[], length: number): Uint8Array {
	const [first] = chunks;
	return first && chunks.length === 1 ? first : Buffer.concat(chunks, length);
}

function tooLarge(maxBytes: number): BusinessError {
	return new BusinessError('too_large', `The body must be at most ${maxBytes} bytes.`);
}

/** Kit's adapter has a limit of its own and breaks the stream off with a status when it is met. */
function whyUnread(error: unknown, maxBytes: number): BusinessError {
	const tooMuch = error instanceof Error && 'status' in error && error.status === 413;
	return tooMuch
		? tooLarge(maxBytes)
		: new BusinessError('unreadable', 'The body ended before it was complete.');
}
