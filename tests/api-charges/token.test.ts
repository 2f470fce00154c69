import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { tokenAnswer } from '$lib/server/api-charges/answers';
import type { ClientCredentials } from '$lib/server/merchants/api-clients';
import { createApiClient, revokeApiClient } from '$lib/server/merchants/api-clients';
import { expectRefusal } from './expect-refusal';
import { describeCharges } from './stage';

const path = '/v1/auth/token';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const wordsOf = ({ clientId, clientSecret }: ClientCredentials) => ({
	client_id: clientId,
	client_secret: clientSecret
});

const basicOf = ({ clientId, clientSecret }: ClientCredentials) => ({
	authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`
});

describeCharges('the address for tokens', (stage) => {
	const ask = (body?: unknown, headers?: Record<string, string>) =>
		stage.call({ path, method: 'POST', body, headers, token: null });

	test('gives a token for the client’s credentials, however they are sent', async () => {
		const { test: client } = stage.merchant.clients;
		const words = wordsOf(client);
		const granted = { ...words, grant_type: 'client_credentials' };
		const replies = [
			await ask(words),
			await ask({ ...granted, scope: 'anything' }),
			await ask(new URLSearchParams(words).toString(), form),
			await ask(new URLSearchParams(granted).toString(), form),
			await ask(undefined, basicOf(client)),
			await ask('grant_type=client_credentials', { ...form, ...basicOf(client) }),
			await ask({ grant_type: 'client_credentials' }, basicOf(client))
		];
		const tokens = new Set<string>();
		for (const { status, text, json, headers } of replies) {
			expect(status, text).toBe(200);
			expect(headers.get('cache-control')).toBe('no-store');
			const { access_token: token } = tokenAnswer.parse(json);
			expect(json).toEqual({ access_token: token, token_type: 'Bearer', expires_in: 3300 });
			expect((await stage.call({ token })).status).toBe(200);
			tokens.add(token);
		}
		expect(tokens.size).toBe(replies.length);
	});

	test('answers the same to an unknown client, a wrong secret and another’s', async () => {
		const { test: own, live } = stage.merchant.clients;
		const other = await addClient('checkout');
		const revoked = await addClient('charges');
		await stage.context.db.inTransaction((tx) =>
			revokeApiClient(stage.context, tx, revoked.clientId)
		);
		const wrong = [
			{ ...own, clientId: randomUUID() },
			{ ...own, clientSecret: `${own.clientSecret}x` },
			{ ...own, clientSecret: live.clientSecret },
			{ ...own, clientSecret: 'x' },
			other,
			revoked
		];
		const messages = new Set<string | undefined>();
		for (const credentials of wrong) {
			for (const reply of [
				await ask(wordsOf(credentials)),
				await ask(undefined, basicOf(credentials))
			]) {
				expectRefusal(reply, 401, 'invalid_client');
				expect(reply.headers.get('www-authenticate')).toMatch(/^Basic /);
				messages.add(reply.json.error?.message);
			}
		}
		expect(messages.size).toBe(1);
	});

	const addClient = (dialect: 'charges' | 'checkout') =>
		stage.context.db.inTransaction((tx) => {
			const { merchantId, applicationId } = stage.merchant;
			const client = { merchantId, applicationId, dialect, mode: 'test', label: 'x' } as const;
			return createApiClient(stage.context, tx, client);
		});

	test('gives none for another grant', async () => {
		const words = wordsOf(stage.merchant.clients.test);
		for (const grant_type of ['password', 'authorization_code', '']) {
			const reply = await ask({ ...words, grant_type });
			expectRefusal(reply, 400, 'unsupported_grant_type', 'grant_type');
		}
	});

	test('names what is missing or not readable', async () => {
		const { test: client } = stage.merchant.clients;
		const words = wordsOf(client);
		const cases: [unknown, string, Record<string, string>?][] = [
			[{}, 'client_id'],
			[{ client_id: words.client_id }, 'client_secret'],
			[{ client_secret: words.client_secret }, 'client_id'],
			[{ ...words, client_id: 7 }, 'client_id'],
			[{ ...words, client_id: 'a b' }, 'client_id'],
			[{ ...words, client_id: 'x'.repeat(256) }, 'client_id'],
			[{ ...words, client_secret: '' }, 'client_secret'],
			[{ ...words, grant_type: 7 }, 'grant_type'],
			['[]', 'body'],
			['client_id=%00&client_secret=x', 'client_id', form],
			['client_id=a&client_id=b&client_secret=x', 'client_id', form],
			['client_id=%ff&client_secret=x', 'client_id', form],
			[words, 'client_id', basicOf(client)]
		];
		for (const [body, param, headers] of cases) {
			expectRefusal(await ask(body, headers), 422, 'invalid', param);
		}
		expectRefusal(await ask('{'), 400, 'unreadable');
		expectRefusal(
			await ask('{}', { 'content-type': 'text/plain' }),
			415,
			'unsupported_content_type'
		);
		// What stands for no text in base64 is no client's, and no fault of ours.
		for (const authorization of ['Basic A', 'Basic AAAAA', 'Basic QTpC=']) {
			const reply = await ask(undefined, { authorization });
			expect([401, 422], reply.text).toContain(reply.status);
		}
		expectRefusal(await ask(), 415, 'unsupported_content_type');
		expectRefusal(await ask(`client_id=${'x'.repeat(9000)}`, form), 413, 'too_large');
		for (const authorization of ['Basic', 'Basic %', 'Bearer x', 'Digest a="b"']) {
			expectRefusal(await ask(words, { authorization }), 401, 'invalid_client');
		}
	});

	test('keeps tokens and secrets out of the database and the log', async () => {
		const { clientSecret } = stage.merchant.clients.test;
		const { json } = await ask(wordsOf(stage.merchant.clients.test));
		const token = String(json.access_token);
		const read = (table: 'access_tokens' | 'api_clients') =>
			stage.context.db.read.selectFrom(table).selectAll().execute();
		const everything =
			JSON.stringify([await read('access_tokens'), await read('api_clients')]) + stage.app.logs();
		for (const secret of [token, clientSecret]) expect(everything).not.toContain(secret);
	});
});

describeCharges('many calls for tokens from one address', (stage) => {
	test('are refused with the time to wait', async () => {
		const body = { client_id: 'nobody', client_secret: 'guess' };
		const guess = () => stage.call({ path, body, token: null });
		// Even if a minute ends in between, two times what a minute allows are all that may pass.
		const replies = [];
		for (let round = 0; round < 260; round += 20) {
			replies.push(...(await Promise.all(Array.from({ length: 20 }, guess))));
		}
		const refused = replies.filter(({ status }) => status === 429);
		expect(refused.length).toBeGreaterThanOrEqual(20);
		for (const reply of refused) {
			expectRefusal(reply, 429, 'rate_limited');
			expect(Number(reply.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
		}
		for (const reply of replies) {
			if (reply.status !== 429) expectRefusal(reply, 401, 'invalid_client');
		}
		expect((await stage.call({})).status).toBe(200);
	});
});
