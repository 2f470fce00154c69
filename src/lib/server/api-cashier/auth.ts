import type { RequestEvent } from '@sveltejs/kit';
import { BusinessError } from '$lib/server/errors';
import type { Caller } from '$lib/server/http/endpoint';
import { findKeyHolder } from '$lib/server/merchants/api-keys';
import type { Application } from '$lib/server/merchants/application';

export interface CashierCaller extends Caller {
	application: Application;
	applicationId: string;
}

/** Who calls, by the `x-api-key` header; apis/cashier.md, *Keys and modes*. */
export async function authenticate({ locals, request }: RequestEvent): Promise<CashierCaller> {
	const { context } = locals;
	const key = request.headers.get('x-api-key');
	if (!key) throw new BusinessError('unauthenticated', 'The x-api-key header is missing');
	const holder = await findKeyHolder(context, key);
	if (holder?.application.dialect !== 'cashier') {
		throw new BusinessError('unauthenticated', 'The API key is unknown or was revoked');
	}
	if (holder.mode === 'live' && !context.config.live) {
		throw new BusinessError('live_disabled', 'Live keys do not work on this installation');
	}
	const { application, mode, keyId } = holder;
	const { id: applicationId } = application;
	return { context, application, applicationId, ownerId: applicationId, mode, keyId };
}
