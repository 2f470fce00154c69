import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { issueAccessToken, revokeAccessToken } from '$lib/server/merchants/access-tokens';
import { createApiClient, findApiClient, revokeApiClient } from '$lib/server/merchants/api-clients';
import type { Dialect } from '$lib/server/db/schema';
import { sha256 } from '$lib/server/secrets/sha256';
import { expectRefusal } from './expect-refusal';
import { addChargesMerchant, describeCharges, someCharge, tokenOf } from './stage';

describeCharges('the access token', (stage) => {
	const expectRefused = async (
		token: string | null,
		[status, code]: [number, string],
		headers?: Record<string, string>
	) => {
		const before = await stage.countRows();
		const id = `chg_${randomUUID().replaceAll('-', '')}`;
		const calls = [
			{ body: someCharge() },
			{},
			{ path: `/v1/charges/${id}` },
			{ path: `/v1/charges/${id}/cancel`, method: 'POST' }
		];
		for (const call of calls) {
			const reply = await stage.call({ ...call, token, headers });
			expectRefusal(reply, status, code);
			if (status === 401) {
				expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
			}
		}
		expect(await stage.countRows()).toBe(before);
	};

	const invalid: [number, string] = [401, 'invalid_token'];

	test('is needed, as a Bearer', async () => {
		const { token } = stage.merchant;
		await expectRefused(null, invalid);
		for (const authorization of ['', 'Bearer', `Basic ${token}`, token, `Bearer ${token} x`]) {
			await expectRefused(null, invalid, { authorization });
		}
		await expectRefused(null, invalid, { 'x-api-key': token });
		const lower = { authorization: `bearer ${token}` };
		expect((await stage.call({ token: null, headers: lower })).status).toBe(200);
	});

	test('must be one that was given here', async () => {
		const { token, clients } = stage.merchant;
		const last = token.endsWith('A') ? 'B' : 'A';
		const wrong = [token.slice(0, -1) + last, `${token}x`, clients.test.clientSecret, 'x'];
		for (const each of wrong) await expectRefused(each, invalid);
	});

	test('is refused once it has expired', async () => {
		const { token } = await addChargesMerchant(stage.context, 'Lapsed Ltd');
		expect((await stage.call({ token })).status).toBe(200);
		const { expires_at, created_at } = await stage.context.db.read
			.selectFrom('access_tokens')
			.selectAll()
			.where('sha256', '=', sha256(token))
			.executeTakeFirstOrThrow();
		expect(expires_at - created_at).toBe(3_300_000);
		await stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('access_tokens')
				.set({ expires_at: Date.now() })
				.where('sha256', '=', sha256(token))
				.execute()
		);
		await untilRefused(token);
		await expectRefused(token, invalid);
	});

	test.each(['token', 'client'] as const)(
		'stops within a second of its %s being revoked',
		async (what) => {
			const { context } = stage;
			const { clients, token } = await addChargesMerchant(context, 'Rescinded Ltd');
			expect((await stage.call({ token })).status).toBe(200);
			await context.db.inTransaction((tx) =>
				what === 'token'
					? revokeAccessToken(context, tx, token)
					: revokeApiClient(context, tx, clients.test.clientId)
			);
			await untilRefused(token);
			await expectRefused(token, invalid);
		}
	);

	const untilRefused = async (token: string) => {
		const since = performance.now();
		while ((await stage.call({ token })).status === 200) {
			expect(performance.now() - since).toBeLessThan(1_000);
		}
	};

	test('of another API is none', async () => {
		for (const dialect of ['checkout', 'cashier'] as const) {
			await expectRefused(await tokenFor(dialect, stage.merchant.applicationId), invalid);
		}
	});

	test('of a client without an application is none', async () => {
		await expectRefused(await tokenFor('charges', null), invalid);
	});

	const tokenFor = async (dialect: Dialect, applicationId: string | null) => {
		const { context, merchant } = stage;
		const { merchantId } = merchant;
		const credentials = await context.db.inTransaction((tx) =>
			createApiClient(context, tx, { merchantId, applicationId, dialect, mode: 'test', label: 'x' })
		);
		const client = await findApiClient(context, dialect, credentials);
		if (!client) throw new Error('No such client');
		return issueAccessToken(context, client, 3300);
	};

	test('of live mode does not work while that is off', async () => {
		const token = await tokenOf(stage.context, stage.merchant.clients.live);
		await expectRefused(token, [403, 'live_disabled']);
	});
});
