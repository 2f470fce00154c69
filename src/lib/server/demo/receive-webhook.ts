import type { Context } from '$lib/server/context';
import { readDemoFile } from './demo-file';
import { keepWebhook } from './orders';
import { faultOfWebhook } from './verify-webhook';

const shown = ['x-signature', 'webhook-id', 'webhook-timestamp', 'webhook-signature'];

/**
 * Takes a webhook for the shop: checks it with the shop's keys and lays it to its order. Returns
 * what is wrong with one that is to be refused.
 */
export async function receiveWebhook(
	context: Context,
	headers: Headers,
	body: Uint8Array
): Promise<string | undefined> {
	const keys = await readDemoFile(context.config.dataDir);
	if (!keys) return 'The shop has no keys';
	const at = context.clock.now();
	const fault = faultOfWebhook(headers, body, keys.cashier, at);
	if (fault !== undefined) return fault;
	const text = new TextDecoder().decode(body);
	const { tracking_id } = JSON.parse(text) as { tracking_id: string };
	keepWebhook(context, tracking_id, {
		id: headers.get('webhook-id') ?? '',
		at,
		headers: Object.fromEntries(shown.map((name) => [name, headers.get(name) ?? ''])),
		body: text
	});
	return undefined;
}
