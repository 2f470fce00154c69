import type { Context } from '$lib/server/context';
import type { WebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import type { ToldEvent } from './event';

/** How a dialect speaks to merchants. Given to this module, which knows no dialect. */
export interface Voice {
	/** The exact text of a body; null when the dialect has no message for this event. */
	render(context: Context, event: ToldEvent): string | null;
	/** The headers that prove a message ours, made anew for each try. */
	sign(message: MessageToSign): Record<string, string>;
}

export interface MessageToSign {
	/** The same at every try, so that a receiver can tell a repeat. */
	id: string;
	/** When this try is made, in seconds since 1970. */
	timestampSeconds: number;
	/** The exact text that is sent. */
	body: string;
	secrets: WebhookSecrets;
}
