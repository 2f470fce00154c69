import type { Choices } from './choices';
import type { ShownWebhook } from './shown-webhook';

/** A call of the shop, and what came back, as texts. */
export interface ShownExchange {
	path: string;
	/** As a line for a terminal. */
	call: string;
	/** Null: there was no answer. */
	status: number | null;
	/** Milliseconds. */
	tookMs: number;
	answer: string;
}

/** An order as the shop shows it. */
export interface ShownOrder {
	reference: string;
	/** The choices that led to it, as a query. */
	query: string;
	api: Choices['api'];
	way: Choices['way'];
	place: Choices['place'];
	/** Opens the payment page; null: the API said no, or the way has none. */
	token: string | null;
	/** Where the payer has to go, an http address. */
	url: string | null;
	/** How it stood when the API answered; null: the answer had no status. */
	status: string | null;
	error: string | null;
	/** How the shop got an access token; null: it needed none. */
	access: ShownExchange | null;
	exchange: ShownExchange;
	/** The newest first. */
	decisions: ShownExchange[];
	webhooks: ShownWebhook[];
}
