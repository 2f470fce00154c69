import type { Mode } from './schema';

export interface Events {
	transaction_id: string;
	/** The transaction's version after the change. */
	version: number;
	kind: string;
	/** JSON: EventSnapshot. */
	snapshot: string;
	created_at: number;
}

export interface WebhookDeliveries {
	/** Also the `webhook-id` header. */
	id: string;
	application_id: string;
	mode: Mode;
	transaction_id: string;
	event_version: number;
	/** waiting | delivered | failed | silent (the dialect has no message for this event). */
	state: string;
	/** Rendered once, before the first try; null until then. It may hold a payer's token. */
	body_sealed: string | null;
	url: string | null;
	tries: number;
	/** When it is due; null once it is not waiting. */
	due_at: number | null;
	lease_until: number;
	created_at: number;
	delivered_at: number | null;
}

export interface WebhookTries {
	delivery_id: string;
	number: number;
	started_at: number;
	took_ms: number;
	status: number | null;
	/** OutgoingError kind, or `internal` for a fault of ours; null when an answer came. */
	problem: string | null;
}

export interface Notifications {
	provider_account_id: number;
	/** The provider's id of the message. */
	message_id: string;
	/** Redacted and bounded; stored only when authentic. */
	body: string;
	/** JSON, encrypted: what the provider's reader made of it. */
	reading: string;
	attempt_id: string;
	received_at: number;
	/** applied | ignored and why; null until processed. */
	result: string | null;
	processed_at: number | null;
}

export interface IdempotentAnswers {
	application_id: string;
	mode: Mode;
	path: string;
	key: string;
	request_hmac: string;
	/** The id under which the request makes what it makes; a resumed request goes on with it. */
	resource_id: string;
	lease_until: number;
	status: number | null;
	body_sealed: string | null;
	created_at: number;
}

export interface RateCounts {
	/** What is counted: `key:…`, `address:…`. */
	subject: string;
	/** Minutes since 1970. */
	minute: number;
	count: number;
}
