import { issueAccessToken } from '../../src/lib/server/merchants/access-tokens';
import {
	createApiClient,
	findApiClient,
	type ClientCredentials
} from '../../src/lib/server/merchants/api-clients';
import type { Stage } from './stage';

/** Headers with an access token of the demo merchant for live mode, which a demo does not allow. */
export async function liveToken(
	stage: Stage,
	dialect: 'charges' | 'checkout'
): Promise<Record<string, string>> {
	const { context } = stage;
	const client = await findApiClient(context, dialect, await liveClient(stage, dialect));
	if (!client) throw new Error('The client was not made');
	return { authorization: `Bearer ${await issueAccessToken(context, client, 3300)}` };
}

/** A client of the demo merchant for live mode. */
export async function liveClient(
	{ context }: Stage,
	dialect: 'charges' | 'checkout'
): Promise<ClientCredentials> {
	const { id, merchant_id: merchantId } = await context.db.read
		.selectFrom('applications')
		.select(['id', 'merchant_id'])
		.where('dialect', '=', dialect)
		.executeTakeFirstOrThrow();
	const applicationId = dialect === 'charges' ? id : null;
	const facts = { merchantId, applicationId, dialect, mode: 'live', label: 'tests' } as const;
	return context.db.inTransaction((tx) => createApiClient(context, tx, facts));
}
