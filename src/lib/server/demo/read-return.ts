import type { Context } from '$lib/server/context';
import { hmacHex } from '$lib/server/secrets/hmac';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { readDemoFile } from './demo-file';

/** What the address says that a payer came back by. */
export interface ReturnOfPayer {
	transactionId: string;
	/** The shop's own id of the order. */
	reference: string;
	status: string;
	signature: string;
	/** Whether Cashdesk wrote it. Even so it may be an old one: what counts is the webhook. */
	isGenuine: boolean;
}

/** Reads the parameters that Cashdesk added to the shop's return address; null without them. */
export async function readReturn(context: Context, url: URL): Promise<ReturnOfPayer | null> {
	const [transactionId, reference, status, signature] = [
		'transaction_id',
		'tracking_id',
		'status',
		'signature'
	].map((name) => url.searchParams.get(name));
	if (!transactionId || !reference || !status || !signature) return null;
	const keys = await readDemoFile(context.config.dataDir);
	const secret = Buffer.from(keys?.cashier.webhook_secret.slice(6) ?? '', 'base64');
	const expected = hmacHex(secret, [transactionId, reference, status].join('.'));
	const isGenuine = keys !== undefined && sameSecret(signature, expected);
	return { transactionId, reference, status, signature, isGenuine };
}
