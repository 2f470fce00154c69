import { expect, test } from 'vitest';
import { createApiClient } from '$lib/server/merchants/api-clients';
import { addChargesMerchant } from '../api-charges/stage';
import { answerOf, describeCheckout, type Call } from './stage';

describeCheckout('POST /oauth/token', (stage) => {
	const ask = (more: Call) => stage.call({ path: '/oauth/token', token: null, ...more });
	const credentials = () => {
		const { clientId: client_id, clientSecret: client_secret } = stage.merchant.client;
		return { client_id, client_secret, grant_type: 'client_credentials' };
	};
	const basic = () => {
		const { clientId, clientSecret } = stage.merchant.client;
		return { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
	};
	const form = { 'content-type': 'application/x-www-form-urlencoded' };

	test('gives a token for credentials in JSON, in a form or in a header', async () => {
		const bodies: Call[] = [
			{ body: credentials() },
			{ body: new URLSearchParams(credentials()).toString(), headers: form },
			{ body: 'grant_type=client_credentials', headers: { ...form, ...basic() } },
			{ body: { grant_type: 'client_credentials' }, headers: basic() }
		];
		for (const call of bodies) {
			const reply = await ask(call);
			expect(reply.headers.get('cache-control')).toBe('no-store');
			const { access_token: token, ...rest } = answerOf('accessToken', reply);
			expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600 });
			expect((await stage.call({ path: '/api/payments', token })).status).toBe(200);
		}
	});

	const refuse = async (call: Call, status: number, word: string) => {
		const reply = await ask(call);
		const { error, message } = answerOf('tokenError', reply, status);
		expect(error).toBe(word);
		expect(message).toMatch(/\w/);
		return reply;
	};

	test('refuses an unknown client and a wrong secret alike', async () => {
		const charges = await addChargesMerchant(stage.context, 'Charges');
		const wrong = [
			{ ...credentials(), client_secret: 'wrong' },
			{ ...credentials(), client_id: 'unknown' },
			{
				client_id: charges.clients.test.clientId,
				client_secret: charges.clients.test.clientSecret
			}
		];
		const texts = [];
		for (const body of wrong) {
			const reply = await refuse({ body }, 401, 'invalid_client');
			expect(reply.headers.get('www-authenticate')).toMatch(/^Basic/);
			texts.push(reply.text);
		}
		expect(new Set(texts).size).toBe(1);
	});

	test('refuses what it cannot read, and other grants', async () => {
		const { client_id } = credentials();
		const other = { ...credentials(), grant_type: 'password' };
		await refuse({ body: other }, 400, 'unsupported_grant_type');
		await refuse({ body: { client_id } }, 400, 'invalid_request');
		await refuse({ body: {} }, 400, 'invalid_request');
		await refuse({ body: '{' }, 400, 'invalid_request');
		await refuse({ body: [] }, 400, 'invalid_request');
		const headers = { 'content-type': 'text/plain' };
		await refuse({ body: 'x', headers }, 415, 'invalid_request');
		await refuse({ body: ' '.repeat(300_000) }, 413, 'invalid_request');
	});

	test('gives no live token while live mode is off', async () => {
		const { context, merchant } = stage;
		const { clientId, clientSecret } = await context.db.inTransaction((tx) =>
			createApiClient(context, tx, {
				merchantId: merchant.merchantId,
				applicationId: null,
				dialect: 'checkout',
				mode: 'live',
				label: 'live'
			})
		);
		const body = { client_id: clientId, client_secret: clientSecret };
		await refuse({ body }, 403, 'unauthorized_client');
	});

	test('takes POST alone', async () => {
		for (const method of ['GET', 'PUT', 'DELETE']) {
			answerOf('error', await ask({ method }), 405);
		}
	});
});
