import { cashierCall } from './cashier-call';
import { chargeCall, chargeTokenCall } from './charge-call';
import { checkoutCall, checkoutTokenCall } from './checkout-call';
import type { Choices } from './choices';

/** The shop's own words for an order, and what it knows of its Cashdesk. No secret is in here. */
export interface OrderPlace {
	/** The shop's id of the order. */
	reference: string;
	/** Where the shop is reached. */
	origin: string;
	/** Where Cashdesk reaches the shop's server. */
	hearsAt: string;
	/** From `demo.json`. */
	providerId: number;
	routingId: number;
	/** The client that fetches tokens for the Charges API. */
	chargesClient: string;
	/** Public: which application a checkout is of. */
	checkoutApplication: string;
	/** The client that fetches tokens for the Checkout API. */
	oauthClient: string;
}

/** A call of the shop's server. */
export interface ShopCall {
	path: string;
	/** A client's secret in it is a placeholder, which the shop's server fills. */
	body: object;
	/** What proves the shop; left out: the API key. */
	pass?: 'api_key' | 'access_token' | 'client_token' | 'charges_client' | 'oauth_client';
}

/** The call that the shop makes for an order. */
export function shopCall(choices: Choices, place: OrderPlace): ShopCall {
	switch (choices.api) {
		case 'cashier':
			return cashierCall(choices, place);
		case 'charges':
			return chargeCall(choices, place);
		case 'checkout':
			return checkoutCall(choices, place);
	}
}

/** The call that fetches the access token before; null: the shop needs none. */
export function tokenCall(choices: Choices, place: OrderPlace): ShopCall | null {
	if (choices.api === 'charges') return chargeTokenCall(place);
	return choices.api === 'checkout' && choices.credential === 'oauth'
		? checkoutTokenCall(place)
		: null;
}

/** The merchant's decision on a payout. */
export function decisionCall(verb: 'approve' | 'reject', transactionId: string): ShopCall {
	return { path: `/api/v1/withdrawal/${verb}`, body: { transaction_id: transactionId } };
}

/** Headers that give nothing away. */
const shownProofs: Record<NonNullable<ShopCall['pass']>, string[]> = {
	api_key: ['x-api-key: cd_test_•••'],
	access_token: ['authorization: Bearer cda_test_•••'],
	client_token: ['authorization: Bearer cd_test_•••'],
	charges_client: [],
	oauth_client: []
};

/** A call as a line for a terminal, with a key that gives nothing away. */
export function showCall(origin: string, { path, body, pass = 'api_key' }: ShopCall): string {
	const json = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
	return [
		`curl ${origin}${path} \\`,
		...shownProofs[pass].map((header) => `  -H '${header}' \\`),
		"  -H 'content-type: application/json' \\",
		`  -d '${json}'`
	].join('\n');
}

/** All that the shop's server will send for what is chosen. */
export function showPlan(choices: Choices, place: OrderPlace): string {
	const order = showCall(place.origin, shopCall(choices, place));
	const first = tokenCall(choices, place);
	if (!first) return order;
	const token = showCall(place.origin, first);
	return [`# An access token first`, token, '', '# With it, the order', order].join('\n');
}

/** What a shop may keep of a call: nothing of a card. */
export function withoutCard(call: ShopCall): ShopCall {
	if (!('card_details' in call.body)) return call;
	return { ...call, body: { ...call.body, card_details: '(sent, and not kept)' } };
}
