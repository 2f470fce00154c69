import type { Dialect, Mode } from './schema';

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
