export interface SimulatorPayments {
	/** The idempotency key it was asked under. */
	attempt_id: string;
	id: string;
	/** accepted | challenge | redirect | awaiting | attested | succeeded | declined | canceled. */
	state: string;
	rule: string;
	amount: number;
	currency: string;
	card_brand: string | null;
	card_last4: string | null;
	reason: string | null;
	message: string;
	/**
	 * How often it moved money: more than 1 would be a double charge or payout. For a bank transfer:
	 * how many credits came.
	 */
	charges: number;
	/** How often it was asked to pay under this attempt. */
	requests: number;
	return_url_sealed: string | null;
	callback_url: string | null;
	/** BCP 47, for the challenge page. */
	locale: string;
	created_at: number;
	updated_at: number;
	/** card | redirect | bank_transfer | voucher | payout. */
	kind: string;
	/** JSON: what it was asked for, nothing secret; account numbers masked. */
	details: string | null;
	/** The token that it gives for the card once it has succeeded. */
	card_token: string | null;
	/** Minor units that arrived for a bank transfer. */
	received: number;
	/** Minor units that went back. */
	refunded: number;
	/** What the payer writes on a bank transfer; unique. */
	reference: string | null;
	/** When an undecided one is decided by itself; null: not by itself. */
	decides_at: number | null;
}

export interface SimulatorMessages {
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

export interface SimulatorReceipts {
	id: string;
	attempt_id: string;
	amount: number;
	created_at: number;
}

export interface SimulatorRefunds {
	/** The idempotency key it was asked under. */
	refund_id: string;
	id: string;
	attempt_id: string;
	/** accepted | succeeded | failed. */
	state: string;
	amount: number;
	currency: string;
	message: string;
	/** How often it moved money: more than 1 would be a double refund. */
	moves: number;
	requests: number;
	/** When an undecided one is decided by itself. */
	decides_at: number | null;
	created_at: number;
	updated_at: number;
}

export interface SimulatorCards {
	token: string;
	/** The name of the test card's rule: no number is kept. */
	rule: string;
	brand: string | null;
	last4: string;
	created_at: number;
}
