import type { Context } from '$lib/server/context';
import { readDemoFile } from './demo-file';
import type { Exchange } from './orders';

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 16_384;

/**
 * Makes a call as any merchant's server does: over HTTP and with the shop's key. Never throws for
 * what the other side does.
 */
export async function callCashdesk(
	context: Context,
	{ path, body }: { path: string; body: object }
): Promise<Exchange> {
	const keys = await readDemoFile(context.config.dataDir);
	const startedAt = performance.now();
	const tookMs = () => Math.round(performance.now() - startedAt);
	try {
		const answer = await context.fetch(`${context.config.selfOrigin}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': keys?.cashier.api_key ?? '' },
			body: JSON.stringify(body),
			timeoutMs: TIMEOUT_MS,
			maxResponseBytes: MAX_ANSWER_BYTES
		});
		const { status, body: text } = answer;
		return { tookMs: tookMs(), status, answer: text, said: status === 200 ? readAnswer(text) : {} };
	} catch (error) {
		const why = error instanceof Error ? error.message : 'No answer';
		return { tookMs: tookMs(), status: null, answer: why, said: {} };
	}
}

const names = ['token', 'url', 'transaction_id', 'transaction_status', 'error'] as const;

function readAnswer(body: string): Exchange['said'] {
	try {
		const answer = Object(JSON.parse(body)) as Record<string, unknown>;
		const texts = names.flatMap((name) => {
			const value = answer[name];
			return typeof value === 'string' && value !== '' ? [[name, value]] : [];
		});
		return Object.fromEntries(texts) as Exchange['said'];
	} catch {
		return {};
	}
}
