import type { RequestEvent } from '@sveltejs/kit';
import { BusinessError } from '$lib/server/errors';
import type { Caller } from '$lib/server/http/endpoint';
import { findTokenHolder } from '$lib/server/merchants/access-tokens';
import type { Application } from '$lib/server/merchants/application';

export interface ChargesCaller extends Caller {
	application: Application;
}

/** Who calls, by the access token in the `Authorization` header; apis/charges.md. */
export async function authenticate({ locals, request }: RequestEvent): Promise<ChargesCaller> {
	const { context } = locals;
	const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
	if (token === undefined) {
		throw new BusinessError('unauthenticated', 'The Authorization header has no Bearer token');
	}
	const holder = await findTokenHolder(context, token);
	if (holder?.dialect !== 'charges' || !holder.application) {
		throw new BusinessError('unauthenticated', 'The token is unknown, expired or was revoked');
	}
	const { application, mode, clientId: keyId } = holder;
	if (mode === 'live' && !context.config.live) {
		throw new BusinessError('live_disabled', 'Live tokens do not work on this installation');
	}
	return { context, application, ownerId: application.id, mode, keyId };
}
