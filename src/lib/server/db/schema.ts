/**
 * The tables as both engines hold them. Conventions: ids are UUID version 7 (sorted by time), moments
 * are integer milliseconds since 1970 (`…_at`), amounts are integers of minor units, booleans are 0
 * or 1, structured values are JSON text, `…_sealed` is encrypted with the key id beside the text.
 */
export interface Schema {
	merchants: Merchants;
	applications: Applications;
	application_modes: ApplicationModes;
	api_keys: ApiKeys;
	provider_accounts: ProviderAccounts;
	sessions: Sessions;
	transactions: Transactions;
	attempts: Attempts;
	unapplied_money: UnappliedMoney;
	events: Events;
	webhook_deliveries: WebhookDeliveries;
	webhook_tries: WebhookTries;
	notifications: Notifications;
	idempotent_answers: IdempotentAnswers;
	rate_counts: RateCounts;
	simulator_payments: SimulatorPayments;
	simulator_messages: SimulatorMessages;
}

export type Mode = 'test' | 'live';
export type Dialect = 'cashier';
export type Intent = 'deposit';
type Flag = 0 | 1;

interface Merchants {
	id: string;
	name: string;
	created_at: number;
}

interface Applications {
	id: string;
	merchant_id: string;
	dialect: Dialect;
	name: string;
	/** JSON: Branding. */
	branding: string;
	support_contact: string | null;
	/** JSON: string[], origins that may frame the payer's page. */
	frame_origins: string;
	/** JSON: string[], origins a payer may be returned to. */
	return_origins: string;
	created_at: number;
}

interface ApplicationModes {
	application_id: string;
	mode: Mode;
	webhook_url: string | null;
	webhook_secret_sealed: string;
	signature_password_sealed: string | null;
}

interface ApiKeys {
	id: string;
	application_id: string;
	mode: Mode;
	label: string;
	/** The first characters, to recognise a key by. */
	hint: string;
	sha256: string;
	created_at: number;
	last_used_at: number | null;
	expires_at: number | null;
	revoked_at: number | null;
}

interface ProviderAccounts {
	/** A number, because merchants name accounts in API calls (`provider_id`). */
	id: number;
	merchant_id: string;
	mode: Mode;
	provider: string;
	credentials_sealed: string;
	enabled: Flag;
	created_at: number;
}

interface Sessions {
	id: string;
	version: number;
	/** SHA-256 of the token; the token itself is derived and never stored. */
	token_sha256: string;
	application_id: string;
	merchant_id: string;
	mode: Mode;
	intent: Intent;
	/** Null: the payer chooses. */
	amount: number | null;
	currency: string;
	amount_editable: Flag;
	lowest_amount: number | null;
	highest_amount: number | null;
	/** JSON: number[], minor units. */
	preset_amounts: string | null;
	payer_reference: string | null;
	reference: string | null;
	/** JSON, what the merchant said of the payer. */
	customer: string | null;
	payer_ip: string | null;
	description: string | null;
	/** JSON: ReturnAddresses. */
	return_addresses: string;
	webhook_url: string | null;
	locale: string | null;
	theme: 'light' | 'dark' | 'auto';
	/** JSON: string[], names of methods; null: all. */
	methods: string | null;
	/** Keyed hash of the content, to tell a repeat from another order under the same reference. */
	content_hmac: string;
	expires_at: number;
	created_at: number;
}

interface Transactions {
	id: string;
	session_id: string;
	application_id: string;
	merchant_id: string;
	mode: Mode;
	intent: Intent;
	state: string;
	/** Counts changes; the compare-and-set is on this column. */
	version: number;
	amount: number | null;
	currency: string;
	payer_reference: string | null;
	reference: string | null;
	/** Number of attempts made so far. */
	tries: number;
	/** DeclineReason or another word of why it ended or what the last try met. */
	reason: string | null;
	/** The provider's or our sentence to that. */
	reason_message: string | null;
	/** When the worker looks at it: the session's end. Null once final. */
	expires_at: number | null;
	created_at: number;
	updated_at: number;
}

interface Attempts {
	id: string;
	transaction_id: string;
	/** 1 for the first try. */
	number: number;
	provider_account_id: number;
	provider: string;
	method: string;
	state: string;
	amount: number;
	currency: string;
	provider_reference: string | null;
	/** JSON: ProviderAction, while action_required. */
	action: string | null;
	card_brand: string | null;
	card_first6: string | null;
	card_last4: string | null;
	/** `YYYY-MM`. */
	card_expiry: string | null;
	reason: string | null;
	reason_message: string | null;
	/** When the worker asks the provider next; null once final. */
	ask_at: number | null;
	asked: number;
	created_at: number;
	updated_at: number;
}

interface UnappliedMoney {
	/** The attempt that was over when the provider reported its money; booked once. */
	attempt_id: string;
	transaction_id: string;
	provider_account_id: number;
	provider_reference: string | null;
	amount: number;
	currency: string;
	created_at: number;
}

interface Events {
	transaction_id: string;
	/** The transaction's version after the change. */
	version: number;
	kind: string;
	/** JSON: EventSnapshot. */
	snapshot: string;
	created_at: number;
}

interface WebhookDeliveries {
	/** Also the `webhook-id` header. */
	id: string;
	application_id: string;
	mode: Mode;
	transaction_id: string;
	event_version: number;
	/** waiting | delivered | failed | silent (the dialect has no message for this event). */
	state: string;
	/** Rendered once, before the first try; null until then. */
	body: string | null;
	url: string | null;
	tries: number;
	/** When it is due; null once it is not waiting. */
	due_at: number | null;
	lease_until: number;
	created_at: number;
	delivered_at: number | null;
}

interface WebhookTries {
	delivery_id: string;
	number: number;
	started_at: number;
	took_ms: number;
	status: number | null;
	/** OutgoingError kind, or `internal` for a fault of ours; null when an answer came. */
	problem: string | null;
}

interface Notifications {
	provider_account_id: number;
	/** The provider's id of the message. */
	message_id: string;
	/** Redacted and bounded; stored only when authentic. */
	body: string;
	/** JSON: what the provider's reader made of it. */
	reading: string;
	attempt_id: string;
	received_at: number;
	/** applied | ignored and why; null until processed. */
	result: string | null;
	processed_at: number | null;
}

interface IdempotentAnswers {
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

interface RateCounts {
	/** What is counted: `key:…`, `address:…`. */
	subject: string;
	/** Minutes since 1970. */
	minute: number;
	count: number;
}

interface SimulatorPayments {
	/** The idempotency key it was asked under. */
	attempt_id: string;
	id: string;
	/** accepted | challenge | succeeded | declined | canceled. */
	state: string;
	rule: string;
	amount: number;
	currency: string;
	card_brand: string | null;
	card_last4: string | null;
	reason: string | null;
	message: string;
	/** How often it moved money: more than 1 would be a double charge. */
	charges: number;
	/** How often it was asked to pay under this attempt. */
	requests: number;
	return_url_sealed: string | null;
	callback_url: string | null;
	/** BCP 47, for the challenge page. */
	locale: string;
	created_at: number;
	updated_at: number;
}

interface SimulatorMessages {
	id: string;
	attempt_id: string;
	url: string;
	body: string;
	/** How often it still has to be delivered: one rule sends the same message twice. */
	copies: number;
	/** Null once delivered or given up. */
	due_at: number | null;
	tries: number;
	lease_until: number;
}
