import type { Context } from '$lib/server/context';
import { callCashdesk } from './call-cashdesk';
import { keepOrder, type DemoOrder, type Exchange, type Sent } from './orders';

interface NewOrder {
	reference: string;
	query: string;
	/** The call that fetches an access token first; null: the order's own needs none. */
	tokenCall?: Sent | null;
	call: Sent;
	/** What is remembered of the call. */
	kept: Sent;
}

/** A new order's id: 128 random bits, since an order's page is open to whoever knows it. */
export function newReference({ random }: Context): string {
	return `pelican-${random.bytes(16).toString('base64url')}`;
}

/** Asks Cashdesk for what an order needs, and remembers what was said, but no secret of it. */
export async function sendOrder(
	context: Context,
	{ reference, query, tokenCall = null, call, kept }: NewOrder
): Promise<Exchange> {
	const access = tokenCall && (await fetchToken(context, tokenCall));
	const exchange =
		access && access.token === undefined
			? unsent
			: await callCashdesk(context, call, access?.token);
	keepOrder(context, { reference, query, access: access?.seen ?? null, call: kept, exchange });
	return exchange;
}

const unsent: Exchange = { tookMs: 0, status: null, answer: 'Not sent: no access token', said: {} };

/** A shop would use a token for as long as it is good; this one shows the call with every order. */
async function fetchToken(
	context: Context,
	call: Sent
): Promise<{ token: string | undefined; seen: NonNullable<DemoOrder['access']> }> {
	const { said, ...exchange } = await callCashdesk(context, call);
	const { access_token: token } = said;
	const answer = token
		? exchange.answer.replace(token, `${token.slice(0, 'cda_test_'.length)}•••`)
		: exchange.answer;
	return { token, seen: { call, exchange: { ...exchange, answer, said: {} } } };
}
