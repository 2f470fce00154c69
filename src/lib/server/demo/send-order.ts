import type { Context } from '$lib/server/context';
import { readDemoFile } from './demo-file';
import { keepOrder, type Exchange } from './orders';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 16_384;

/** A new order's id: 128 random bits, since an order's page is open to whoever knows it. */
export function newReference({ random }: Context): string {
	return `pelican-${random.bytes(16).toString('base64url')}`;
}

/**
 * Asks Cashdesk for a session as any merchant's server does, over HTTP and with the shop's key,
 * and remembers what was said. Never throws for what the other side does.
 */
export async function sendOrder(
	context: Context,
	{ reference, request, query }: { reference: string; request: object; query: string }
): Promise<Exchange> {
	const exchange = await call(context, request);
	keepOrder(context, { reference, query, request, exchange });
	return exchange;
}

async function call(context: Context, request: object): Promise<Exchange> {
	const keys = await readDemoFile(context.config.dataDir);
	const startedAt = performance.now();
	try {
		const { status, body } = await context.fetch(`${context.config.selfOrigin}/api/v1/cashier`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': keys?.cashier.api_key ?? '' },
			body: JSON.stringify(request),
			timeoutMs: TIMEOUT_MS,
			maxResponseBytes: MAX_ANSWER_BYTES
		});
		const tookMs = Math.round(performance.now() - startedAt);
		return { tookMs, status, answer: body, token: status === 200 ? readToken(body) : null };
	} catch (error) {
		const tookMs = Math.round(performance.now() - startedAt);
		const why = error instanceof Error ? error.message : 'No answer';
		return { tookMs, status: null, answer: why, token: null };
	}
}

function readToken(body: string): string | null {
	try {
		const { token } = Object(JSON.parse(body)) as { token?: unknown };
		return typeof token === 'string' ? token : null;
	} catch {
		return null;
	}
}
