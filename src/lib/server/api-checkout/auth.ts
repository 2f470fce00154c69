import type { RequestEvent } from '@sveltejs/kit';
import type { Context } from '$lib/server/context';
import { BusinessError } from '$lib/server/errors';
import type { Caller } from '$lib/server/http/endpoint';
import { findTokenHolder } from '$lib/server/merchants/access-tokens';
import { findKeyHolder } from '$lib/server/merchants/api-keys';
import type { Application } from '$lib/server/merchants/application';

/** What a client token can be good for, besides `*`, which is all of it. */
export const scopes = [
	'payments.create',
	'payments.get',
	'payments.user-instructions.get'
] as const;

/** What stands in the list of a client token. */
export type TokenScope = (typeof scopes)[number] | '*';

/** What an address asks of its caller: a scope, or the merchant's own access token. */
export type Need = (typeof scopes)[number] | 'oauth2';

export interface CheckoutCaller extends Caller {
	merchantId: string;
	/** The one that a client token is for; null: the merchant, in all its applications. */
	application: Application | null;
}

interface Bearer {
	caller: Omit<CheckoutCaller, 'context' | 'ownerId'>;
	/** Null: everything, the merchant's own affairs among it. */
	scopes: readonly string[] | null;
}

/**
 * Who calls, by `Authorization: Bearer`, and whether they may: an access token of the merchant may
 * do everything, a client token what its scopes say. apis/checkout.md.
 */
export async function authenticate(
	{ locals, request }: RequestEvent,
	need: Need
): Promise<CheckoutCaller> {
	const { context } = locals;
	const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '') ?? [];
	const bearer = token === undefined ? undefined : await findBearer(context, token);
	if (!bearer) throw new BusinessError('unauthenticated', 'Unauthenticated');
	const { caller, scopes: held } = bearer;
	if (caller.mode === 'live' && !context.config.live) {
		throw new BusinessError('live_disabled', 'Live tokens do not work on this installation');
	}
	if (held !== null && !allows(held, need)) {
		throw new BusinessError('insufficient_scope', 'Insufficient permissions', { scope: need });
	}
	return { ...caller, context, ownerId: caller.application?.id ?? caller.merchantId };
}

function allows(held: readonly string[], need: Need): boolean {
	return need !== 'oauth2' && (held.includes(need) || held.includes('*'));
}

async function findBearer(context: Context, token: string): Promise<Bearer | undefined> {
	const key = await findKeyHolder(context, token);
	if (key) {
		const { keyId, application, mode } = key;
		if (application.dialect !== 'checkout') return undefined;
		const { merchantId } = application;
		return { caller: { keyId, merchantId, application, mode }, scopes: key.scopes ?? ['*'] };
	}
	const holder = await findTokenHolder(context, token);
	if (holder?.dialect !== 'checkout') return undefined;
	// Limits count the client: a new token is no new allowance.
	const { clientId: keyId, merchantId, application, mode } = holder;
	// A client of one application is no more than a client token of it.
	return { caller: { keyId, merchantId, application, mode }, scopes: application ? ['*'] : null };
}
