import type { Context } from '$lib/server/context';
import { readDemoFile, type DemoKeys } from './demo-file';
import type { Exchange, Sent } from './orders';

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 16_384;

/**
 * Makes a call as any merchant's server does: over HTTP and with the shop's keys, or the access
 * token that it has fetched. Never throws for what the other side does.
 */
export async function callCashdesk(
	context: Context,
	call: Sent,
	accessToken = ''
): Promise<Exchange> {
	const keys = await readDemoFile(context.config.dataDir);
	const startedAt = performance.now();
	const tookMs = () => Math.round(performance.now() - startedAt);
	try {
		const answer = await context.fetch(`${context.config.selfOrigin}${call.path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...proofOf(call, keys, accessToken) },
			body: JSON.stringify(withSecret(call, keys)),
			timeoutMs: TIMEOUT_MS,
			maxResponseBytes: MAX_ANSWER_BYTES
		});
		const { status, body: text } = answer;
		const isDone = status === 200 || status === 201;
		return { tookMs: tookMs(), status, answer: text, said: isDone ? readAnswer(text) : {} };
	} catch (error) {
		const why = error instanceof Error ? error.message : 'No answer';
		return { tookMs: tookMs(), status: null, answer: why, said: {} };
	}
}

/** The header that says who calls. */
function proofOf(
	{ pass = 'api_key' }: Sent,
	keys: DemoKeys | undefined,
	accessToken: string
): Record<string, string> {
	switch (pass) {
		case 'api_key':
			return { 'x-api-key': keys?.cashier.api_key ?? '' };
		case 'client_token':
			return { authorization: `Bearer ${keys?.checkout.client_token ?? ''}` };
		case 'access_token':
			return { authorization: `Bearer ${accessToken}` };
		case 'charges_client':
		case 'oauth_client':
			return {};
	}
}

/** A call that fetches a token has the client's secret in its body: put in here, and kept nowhere. */
function withSecret({ pass, body }: Sent, keys: DemoKeys | undefined): object {
	if (pass === 'charges_client') return { ...body, client_secret: keys?.charges.client_secret };
	if (pass !== 'oauth_client') return body;
	return { ...body, client_secret: keys?.checkout.oauth_client_secret };
}

/** Under which names the APIs' answers have what the shop goes on with. */
const names: Record<keyof Exchange['said'], string[]> = {
	token: ['token'],
	url: ['url', 'transaction_url', 'checkoutUrl'],
	id: ['id'],
	access_token: ['access_token'],
	transaction_id: ['transaction_id'],
	transaction_status: ['transaction_status'],
	error: ['error']
};

function readAnswer(body: string): Exchange['said'] {
	try {
		const { data, ...top } = Object(JSON.parse(body)) as Record<string, unknown>;
		const answer: Record<string, unknown> = { ...top, ...Object(data) };
		const texts = Object.entries(names).flatMap(([name, known]) => {
			const value = known.map((one) => answer[one]).find((one) => typeof one === 'string');
			return value ? [[name, value]] : [];
		});
		return Object.fromEntries(texts) as Exchange['said'];
	} catch {
		return {};
	}
}
