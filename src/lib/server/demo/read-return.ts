import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import { hmacHex } from '$lib/server/secrets/hmac';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { readDemoFile, type DemoKeys } from './demo-file';
import { findOrderOf } from './orders';

/** What the address says that a payer came back by. */
export interface ReturnOfPayer {
	api: Dialect;
	/** As Cashdesk wrote them, in the order in which they are signed. */
	values: Record<string, string>;
	/** The shop's own id of the order; null: it knows no such order. */
	reference: string | null;
	status: string;
	signature: string;
	/** Whether Cashdesk wrote it. Even so it may be an old one: what counts is the webhook. */
	isGenuine: boolean;
}

/** What each API adds to the shop's return address beside the signature, and signs in this order. */
const carried: Record<Dialect, readonly string[]> = {
	cashier: ['transaction_id', 'tracking_id', 'status'],
	charges: ['charge_id', 'status'],
	checkout: ['id', 'status']
};

const secrets: Record<Dialect, (keys: DemoKeys) => Buffer> = {
	cashier: ({ cashier }) => Buffer.from(cashier.webhook_secret.slice(6), 'base64'),
	charges: ({ charges }) => Buffer.from(charges.webhook_secret.slice(6), 'base64'),
	checkout: ({ checkout }) => Buffer.from(checkout.webhook_secret)
};

/** Reads the parameters that Cashdesk added to the shop's return address; null without them. */
export async function readReturn(context: Context, url: URL): Promise<ReturnOfPayer | null> {
	const signature = url.searchParams.get('signature');
	const api = apiOf(url);
	if (!api || !signature) return null;
	const values = Object.fromEntries(
		carried[api].map((name) => [name, url.searchParams.get(name) ?? ''])
	);
	const keys = await readDemoFile(context.config.dataDir);
	const expected = keys && hmacHex(secrets[api](keys), Object.values(values).join('.'));
	const isGenuine = expected !== undefined && sameSecret(signature, expected);
	const reference = referenceOf(context, values, isGenuine);
	return { api, values, reference, status: values.status ?? '', signature, isGenuine };
}

/** The API whose parameters are all there. */
function apiOf({ searchParams }: URL): Dialect | undefined {
	const apis = Object.keys(carried) as Dialect[];
	return apis.find((api) => carried[api].every((name) => searchParams.get(name)));
}

/**
 * By the shop's own id where the address has it. Cashdesk's id of a payment is no secret, so by that
 * an order is shown to nobody but the payer who came by a genuine address.
 */
function referenceOf(
	context: Context,
	{ tracking_id, charge_id, id = charge_id }: Record<string, string | undefined>,
	isGenuine: boolean
): string | null {
	if (tracking_id !== undefined) return tracking_id;
	const order = isGenuine && id !== undefined ? findOrderOf(context, id) : undefined;
	return order?.reference ?? null;
}
