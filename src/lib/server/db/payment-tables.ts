import type { Flag, Intent, Mode } from './schema';

export interface Sessions {
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
	/** JSON: what the dialect wants to say again of the order; the core does not read it. */
	dialect_data: string | null;
	expires_at: number;
	created_at: number;
}

export interface Transactions {
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
	/** Made by a call that takes the card or the way itself: nobody can try again. */
	one_shot: Flag;
	/** How often the payer sent a form; one may make several attempts, at one account after another. */
	submissions: number;
	/** Minor units that refunds have taken or are taking. */
	refunded_amount: number;
	/** JSON: Reservation[] of limits, to be given back should it fail. */
	reserved_limits: string | null;
	/** When the worker has to go on with it (an approved withdrawal); null: nothing to do. */
	work_at: number | null;
	/** What the application allowed when the session was opened; see Application. */
	allow_underpay: Flag;
	allow_overpay: Flag;
	/** Paid by the provider's word, which is not final there yet. */
	attested: Flag;
	/** What was attested did not come in the end. */
	reversed: Flag;
}

export interface Attempts {
	id: string;
	transaction_id: string;
	/** 1 for the first try. */
	number: number;
	provider_account_id: number;
	provider: string;
	method: string;
	state: string;
	/** What the provider moves: minor units of its currency. */
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
	/** MethodKind. */
	kind: string;
	/** The part of the transaction that this moves: minor units of the transaction's currency. */
	user_amount: number;
	/** What the payer bears, in the transaction's currency. */
	fee: number;
	/** What the merchant bears, in the transaction's currency. */
	merchant_fee: number;
	/** Units of `currency` for one of the transaction's; null: the same currency. */
	rate: string | null;
	rate_source: string | null;
	rate_date: string | null;
	/** The fee for converting, inside `amount`: minor units of `currency`. */
	fx_fee: number;
	/** The leg of a withdrawal that it pays. */
	leg: number | null;
	/** Until when a transfer may arrive. */
	pay_until: number | null;
	/** The sum of its receipts, minor units of `currency`. */
	received_amount: number;
	/** The saved card that it used. */
	instrument_id: string | null;
	/** The payer wants the card kept. */
	keeps_card: Flag;
	/** Accounts of the same submission that come next, should this one decline softly. */
	followers: number;
	/** JSON: AttemptTerms, what it asked for, where another sum was settled; null: the same. */
	ordered: string | null;
}

export interface PayoutLegs {
	transaction_id: string;
	/** 1 for the first to be paid. */
	number: number;
	method: string;
	/** MethodKind. */
	kind: string;
	/** Minor units of the transaction's currency, the payer's fee included. */
	amount: number;
	/** The payer's fee that was agreed to; null: none was shown. */
	fee: number | null;
	/** JSON, encrypted: Destination of providers. */
	destination_sealed: string;
	/** Where it goes, in a form that may be shown: `DE•• •••• 3000`. */
	label: string;
	/** The deposit whose instrument it goes back to. */
	source_attempt_id: string | null;
	/** waiting | paid | failed. */
	state: string;
	reason: string | null;
	reason_message: string | null;
}

export interface Instruments {
	id: string;
	merchant_id: string;
	mode: Mode;
	payer_reference: string;
	/** Tokens are good at the account that gave them only. */
	provider_account_id: number;
	token_sealed: string;
	brand: string | null;
	last4: string;
	/** `YYYY-MM`. */
	expiry: string;
	created_at: number;
	last_used_at: number;
	removed_at: number | null;
}

export interface Receipts {
	attempt_id: string;
	/** The provider's id of the credit. */
	receipt_id: string;
	transaction_id: string;
	amount: number;
	currency: string;
	received_at: number;
}

export interface Refunds {
	/** Also the idempotency key that the provider sees. */
	id: string;
	transaction_id: string;
	/** The attempt whose money goes back. */
	attempt_id: string;
	merchant_id: string;
	mode: Mode;
	/** The merchant's id of the refund, once a transaction. */
	reference: string | null;
	/** requested | pending | succeeded | failed. */
	state: string;
	/** Minor units of the transaction's currency, without the fee. */
	amount: number;
	currency: string;
	/** The payer's fee that goes back with it, in the same currency. */
	fee: number;
	/** The fee for converting that goes back with it, inside `provider_amount`. */
	fx_fee: number;
	/** What the provider gives back, in its currency. */
	provider_amount: number;
	provider_currency: string;
	provider_account_id: number;
	provider_reference: string | null;
	/** For money without a use, which goes back by itself. */
	unapplied_id: string | null;
	reason: string | null;
	reason_message: string | null;
	ask_at: number | null;
	asked: number;
	created_at: number;
	updated_at: number;
}

export interface UnappliedMoney {
	id: string;
	/** The attempt it came for, which was over, or had all it asked for. */
	attempt_id: string;
	/** The receipt it is from; empty for an attempt's whole amount. Each is booked once. */
	receipt_id: string;
	transaction_id: string;
	merchant_id: string;
	mode: Mode;
	provider_account_id: number;
	provider_reference: string | null;
	amount: number;
	currency: string;
	/** `back`: to where it came from, by itself; `queue`: the merchant decides. */
	way: string;
	/** waiting | returning | returned | spent (it went to a payer after all). */
	state: string;
	/** When the worker goes on with it; null: nothing to do. */
	work_at: number | null;
	created_at: number;
}

export interface LedgerEntries {
	transaction_id: string;
	/** What was booked: the version of the change, or a refund's id and state. */
	posting: string;
	line: number;
	merchant_id: string;
	mode: Mode;
	currency: string;
	account: string;
	/** Minor units; the entries of a posting add up to 0 in each currency. */
	amount: number;
	created_at: number;
}

export interface LedgerBalances {
	merchant_id: string;
	mode: Mode;
	currency: string;
	account: string;
	/** The sum of the account's entries. */
	balance: number;
}
