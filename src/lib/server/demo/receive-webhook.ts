import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import { readDemoFile, type DemoKeys } from './demo-file';
import { keepWebhook } from './orders';
import { faultOfChargeWebhook, faultOfCheckoutWebhook, faultOfWebhook } from './verify-webhook';

/** How the shop listens to one API. */
interface Ear {
	faultOf(headers: Headers, body: Uint8Array, keys: DemoKeys, nowMs: number): string | undefined;
	/** The shop's own id of the order in a body that was verified. */
	referenceIn(body: unknown): string;
	/** The headers that prove where a message came from. */
	proofs: readonly string[];
}

const standard = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

const ears: Record<Dialect, Ear> = {
	cashier: {
		faultOf: (headers, body, { cashier }, now) => faultOfWebhook(headers, body, cashier, now),
		referenceIn: (body) => (body as { tracking_id: string }).tracking_id,
		proofs: ['x-signature', ...standard]
	},
	charges: {
		faultOf: (headers, body, { charges }, now) => faultOfChargeWebhook(headers, body, charges, now),
		referenceIn: (body) => (body as { reference: string }).reference,
		proofs: standard
	},
	checkout: {
		faultOf: (headers, body, { checkout }, now) =>
			faultOfCheckoutWebhook(headers, body, checkout, now),
		referenceIn: (body) => (body as { data: { reference: string } }).data.reference,
		proofs: ['x-signature', ...standard]
	}
};

/**
 * Takes a webhook for the shop: checks it with the shop's keys and lays it to its order. Returns
 * what is wrong with one that is to be refused.
 */
export async function receiveWebhook(
	context: Context,
	headers: Headers,
	body: Uint8Array,
	dialect: Dialect = 'cashier'
): Promise<string | undefined> {
	const keys = await readDemoFile(context.config.dataDir);
	if (!keys) return 'The shop has no keys';
	const at = context.clock.now();
	const { faultOf, referenceIn, proofs } = ears[dialect];
	const fault = faultOf(headers, body, keys, at);
	if (fault !== undefined) return fault;
	const text = new TextDecoder().decode(body);
	keepWebhook(context, referenceIn(JSON.parse(text)), {
		id: headers.get('webhook-id') ?? '',
		at,
		headers: Object.fromEntries(proofs.map((name) => [name, headers.get(name) ?? ''])),
		body: text
	});
	return undefined;
}
