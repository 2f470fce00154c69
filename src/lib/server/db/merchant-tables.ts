import type { Dialect, Flag, Mode } from './schema';

export interface Merchants {
	id: string;
	name: string;
	created_at: number;
}

export interface Applications {
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
	/** Public: says in a request which application is meant. Null in dialects without one. */
	client_id: string | null;
	/** The merchant's site. */
	url: string | null;
	/** JSON: string[], the currencies it takes; null: all. */
	currencies: string | null;
	/** Whether a payment that got less than was asked counts as paid once its time is up. */
	allow_underpay: Flag;
	/** Whether what came beyond the amount belongs to the payment. */
	allow_overpay: Flag;
	deleted_at: number | null;
}

export interface ApplicationModes {
	application_id: string;
	mode: Mode;
	webhook_url: string | null;
	webhook_secret_sealed: string;
	signature_password_sealed: string | null;
}

export interface ApiKeys {
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
	/** JSON: string[], what it may be used for; null: everything. */
	scopes: string | null;
}

/** Who may fetch access tokens (OAuth 2.0 client credentials). */
export interface ApiClients {
	id: string;
	client_id: string;
	secret_sha256: string;
	merchant_id: string;
	/** Null: it acts for the merchant, in all applications of the dialect. */
	application_id: string | null;
	dialect: Dialect;
	mode: Mode;
	label: string;
	created_at: number;
	revoked_at: number | null;
}

export interface AccessTokens {
	id: string;
	sha256: string;
	/** The id of its client. */
	client: string;
	expires_at: number;
	created_at: number;
	revoked_at: number | null;
}

export interface MerchantSettings {
	merchant_id: string;
	mode: Mode;
	/** JSON: MerchantSettings of merchants. */
	settings: string;
}

export interface Payers {
	merchant_id: string;
	mode: Mode;
	/** The merchant's id of the payer (`user_id`). */
	reference: string;
	/** JSON: string[], the merchant's marks that rules can ask for. */
	tags: string;
}
