import { expect, test } from 'vitest';
import type { Context } from '$lib/server/context';
import {
	findTokenHolder,
	issueAccessToken,
	purgeAccessTokens,
	revokeAccessToken
} from '$lib/server/merchants/access-tokens';
import { createApiClient, findApiClient, revokeApiClient } from '$lib/server/merchants/api-clients';
import { createApplication, createMerchant } from '$lib/server/merchants/create-application';
import { describeOnEachEngine } from '../databases';

const HOUR_MS = 3_600_000;

describeOnEachEngine('access tokens', (open) => {
	test('are had for the right secret alone, in their own dialect', async () => {
		const context = await open();
		const { clientId, clientSecret } = await addClient(context);
		const find = (id: string, secret: string, dialect: 'charges' | 'checkout' = 'charges') =>
			findApiClient(context, dialect, { clientId: id, clientSecret: secret });
		expect(await find(clientId, clientSecret)).toMatchObject({ mode: 'test' });
		expect(await find(clientId, `${clientSecret}x`)).toBeUndefined();
		expect(await find(clientId, '')).toBeUndefined();
		expect(await find('nobody', clientSecret)).toBeUndefined();
		expect(await find(clientId, clientSecret, 'checkout')).toBeUndefined();
	});

	test('say who holds them until they end', async () => {
		const context = await open();
		const { applicationId, merchantId, token } = await addToken(context);
		expect(await findTokenHolder(context, token)).toMatchObject({
			merchantId,
			application: { id: applicationId },
			dialect: 'charges',
			mode: 'test'
		});
		context.clock.advance(3_299_999);
		expect(await findTokenHolder(context, token)).toBeDefined();
		context.clock.advance(1);
		expect(await findTokenHolder(context, token)).toBeUndefined();
	});

	test.each(['token', 'client', 'application'] as const)(
		'stop within a second once the %s is taken away',
		async (what) => {
			const context = await open();
			const { clientId, applicationId, token } = await addToken(context);
			expect(await findTokenHolder(context, token)).toBeDefined();
			await context.db.inTransaction(async (tx) => {
				if (what === 'token') await revokeAccessToken(context, tx, token);
				else if (what === 'client') await revokeApiClient(context, tx, clientId);
				else {
					await tx
						.updateTable('applications')
						.set({ deleted_at: context.clock.now() })
						.where('id', '=', applicationId)
						.execute();
				}
			});
			context.clock.advance(999);
			expect(await findTokenHolder(context, token)).toBeUndefined();
		}
	);

	test('of a revoked client are not given out any more', async () => {
		const context = await open();
		const { clientId, clientSecret } = await addClient(context);
		await context.db.inTransaction((tx) => revokeApiClient(context, tx, clientId));
		expect(await findApiClient(context, 'charges', { clientId, clientSecret })).toBeUndefined();
	});

	test('lie in the database as hashes, and go when they are long over', async () => {
		const context = await open();
		const { token, clientSecret } = await addToken(context);
		const rows = await context.db.read.selectFrom('access_tokens').selectAll().execute();
		const clients = await context.db.read.selectFrom('api_clients').selectAll().execute();
		expect(JSON.stringify([rows, clients])).not.toContain(token.slice(-20));
		expect(JSON.stringify([rows, clients])).not.toContain(clientSecret.slice(-20));
		context.clock.advance(HOUR_MS);
		expect(await purgeAccessTokens(context)).toBe(0);
		context.clock.advance(HOUR_MS);
		expect(await purgeAccessTokens(context)).toBe(1);
		expect(await context.db.read.selectFrom('access_tokens').selectAll().execute()).toEqual([]);
	});
});

function addClient(context: Context) {
	return context.db.inTransaction(async (tx) => {
		const merchantId = await createMerchant(context, tx, 'Ladle & Co');
		const applicationId = await createApplication(context, tx, {
			merchantId,
			dialect: 'charges',
			name: 'Shop',
			frameOrigins: [],
			returnOrigins: []
		});
		const client = { merchantId, applicationId, dialect: 'charges', mode: 'test' } as const;
		const credentials = await createApiClient(context, tx, { ...client, label: 'tests' });
		return { merchantId, applicationId, ...credentials };
	});
}

async function addToken(context: Context) {
	const added = await addClient(context);
	const client = await findApiClient(context, 'charges', added);
	if (!client) throw new Error('The client that was just made is not found');
	return { ...added, token: await issueAccessToken(context, client, 3300) };
}
