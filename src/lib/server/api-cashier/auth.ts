import type { Context } from '$lib/server/context';
import { BusinessError } from '$lib/server/errors';
import type { Caller } from '$lib/server/http/endpoint';
import { findKeyHolder } from '$lib/server/merchants/api-keys';
import type { Application } from '$lib/server/merchants/application';

export interface CashierCaller extends Caller {
	application: Application;
}

/** Who calls, by the `x-api-key` header; apis/cashier.md, *Keys and modes*. */
export async function authenticate(context: Context, request: Request): Promise<CashierCaller> {
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
	return { context, application, applicationId: application.id, mode, keyId };
}
