import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';

const SECRET_BYTES = 24;

/**
 * The webhook secret that the demo brings along. In the Checkout API it is a text of the merchant's
 * own choice; in the others Cashdesk makes it.
 */
export function newWebhookSecret(
	{ random }: Context,
	dialect: Dialect
): { webhookSecret?: string } {
	if (dialect !== 'checkout') return {};
	return { webhookSecret: random.bytes(SECRET_BYTES).toString('base64url') };
}
