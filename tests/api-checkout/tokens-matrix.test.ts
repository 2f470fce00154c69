import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { scopes } from '$lib/server/api-checkout/auth';
import { revokeAccessToken } from '$lib/server/merchants/access-tokens';
import { createApiClient, revokeApiClient } from '$lib/server/merchants/api-clients';
import { createApiKey } from '$lib/server/merchants/api-keys';
import { makeApiKey, makeSecret } from '$lib/server/secrets/make-secret';
import { addMerchant } from '../api-cashier/stage';
import { addChargesMerchant, someCharge } from '../api-charges/stage';
import { routesOf } from './routes';
import { chargeRows, rows, type Row, type Scene } from './rows';
import {
	accessTokenOf,
	addCheckoutApplication,
	addCheckoutMerchant,
	dataOf,
	describeCheckout,
	orderOf,
	refusalOf,
	type Call,
	type CheckoutStage
} from './stage';

const guarded = Object.entries(rows).filter(
	([, { needs }]) => needs !== 'link' && needs !== 'nothing'
);
const scoped = guarded.filter(([, { needs }]) => needs !== 'oauth2');
const open = Object.entries(rows).filter(([, { needs }]) => needs === 'nothing');
const linked = Object.entries(rows).filter(([, { needs }]) => needs === 'link');
const charged = Object.entries(chargeRows).flatMap(([name, row]) =>
	row === 'public' ? [] : [[name, row] as const]
);

test('every address has a row', () => {
	expect(routesOf('(api-checkout)').sort()).toEqual(Object.keys(rows).sort());
	expect(routesOf('(api-charges)').sort()).toEqual(Object.keys(chargeRows).sort());
});

describeCheckout('a token', (stage) => {
	let scene: Scene;
	beforeAll(async () => {
		scene = await openScene(stage);
	});

	const statusWith = async (row: Pick<Row, 'call'>, token: string | null) =>
		(await stage.call({ ...row.call(scene), token })).status;

	const refuse = async (row: Pick<Row, 'call'>, token: string | null, status: number) => {
		const reply = await stage.call({ ...row.call(scene), token });
		return { reply, ...refusalOf(reply, status) };
	};

	const clientToken = (
		wanted: Partial<Parameters<typeof createApiKey>[2]> & { applicationId: string }
	) =>
		stage.context.db.inTransaction((tx) =>
			createApiKey(stage.context, tx, { mode: 'test', label: 'matrix', scopes: ['*'], ...wanted })
		);

	test.each(guarded)('%s: none, or one that is none, is 401', async (_, row) => {
		const { application: own, accessToken } = stage.merchant;
		const wrong = [
			null,
			'',
			'nonsense',
			makeApiKey('cd_test', randomBytes),
			makeSecret('cda_test', randomBytes),
			`${own.token.slice(0, -1)}${own.token.endsWith('A') ? 'B' : 'A'}`,
			`${accessToken}x`
		];
		for (const token of wrong) {
			const { reply, message } = await refuse(row, token, 401);
			expect(message).toBe('Unauthenticated');
			expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
		}
		const headers = { authorization: `Basic ${accessToken}` };
		expect((await stage.call({ ...row.call(scene), token: null, headers })).status).toBe(401);
	});

	test.each(guarded)('%s: one that has expired is 401', async (_, row) => {
		const { application: own, client } = stage.merchant;
		const expiresAt = Date.now();
		await refuse(row, await clientToken({ applicationId: own.id, expiresAt }), 401);
		await refuse(row, await accessTokenOf(stage.context, client, 0), 401);
	});

	test.each(guarded)('%s: one revoked a second ago is 401', async (_, row) => {
		const { context, merchant } = stage;
		const token = await accessTokenOf(context, merchant.client);
		// A fault of the body comes after the token's, and changes nothing.
		const probe = { call: () => ({ ...row.call(scene), ...harmless(row.call(scene)) }) };
		expect(await statusWith(probe, token)).not.toBe(401);
		const revokedAt = performance.now();
		await context.db.inTransaction((tx) => revokeAccessToken(context, tx, token));
		while ((await statusWith(probe, token)) !== 401) {
			expect(performance.now() - revokedAt).toBeLessThan(1_000);
		}
		await refuse(row, token, 401);
	});

	test.each(scoped)('%s: a client token revoked by the API is 401', async (_, row) => {
		const { application: own, accessToken } = stage.merchant;
		const path = `/api/payment-applications/${own.id}/tokens`;
		const body = { label: 'short-lived', scopes: ['*'] };
		const made = dataOf('newToken', await stage.call({ path, body, token: accessToken }), 201);
		const probe = { call: () => ({ ...row.call(scene), ...harmless(row.call(scene)) }) };
		expect(await statusWith(probe, made.token)).not.toBe(401);
		const revokedAt = performance.now();
		const gone = await stage.call({
			method: 'DELETE',
			path: `${path}/${made.id}`,
			token: accessToken
		});
		dataOf('token', gone);
		while ((await statusWith(probe, made.token)) !== 401) {
			expect(performance.now() - revokedAt).toBeLessThan(1_000);
		}
		await refuse(row, made.token, 401);
	});

	test('of a client that was revoked is 401', async () => {
		const { context, merchant } = stage;
		const wanted = { merchantId: merchant.merchantId, applicationId: null, label: 'gone' };
		const client = await context.db.inTransaction((tx) =>
			createApiClient(context, tx, { ...wanted, dialect: 'checkout', mode: 'test' })
		);
		const token = await accessTokenOf(context, client);
		await context.db.inTransaction((tx) => revokeApiClient(context, tx, client.clientId));
		for (const [, row] of guarded) await refuse(row, token, 401);
	});

	test.each(guarded)(
		'%s: a client token without the scope is 403 and told which',
		async (_, row) => {
			const others = scopes.filter((scope) => scope !== row.needs);
			const applicationId = stage.merchant.application.id;
			const held = row.needs === 'oauth2' ? ['*', ...others] : others;
			const token = await clientToken({ applicationId, scopes: held });
			const { message, scope } = await refuse(row, token, 403);
			expect({ message, scope }).toEqual({ message: 'Insufficient permissions', scope: row.needs });
		}
	);

	test.each(scoped)('%s: one with the scope alone, or with all, may', async (_, row) => {
		const applicationId = stage.merchant.application.id;
		for (const held of [[row.needs], ['*']]) {
			const token = await clientToken({ applicationId, scopes: held });
			expect(await statusWith(row, token)).toBe(200);
		}
		expect(await statusWith(row, stage.merchant.accessToken)).toBe(200);
	});

	test.each(scoped)('%s: one of another application finds nothing', async (_, row) => {
		const { context, merchant } = stage;
		const other = await addCheckoutApplication(context, merchant.merchantId);
		await refuse(row, other.token, row.foreign);
	});

	test.each(guarded)('%s: one of another merchant finds nothing', async (_, row) => {
		const other = await addCheckoutMerchant(stage.context, 'Other');
		const tokens = [
			other.accessToken,
			...(row.needs === 'oauth2' ? [] : [other.application.token])
		];
		for (const token of tokens) {
			const reply = await stage.call({ ...row.call(scene), token });
			if (row.foreign >= 400) refusalOf(reply, row.foreign);
			else expect(reply.status).toBe(row.foreign);
			expect(reply.text).not.toContain(stage.merchant.merchantId);
			expect(reply.text).not.toContain(scene.paymentId);
		}
	});

	test.each(guarded)('%s: one of another API is 401', async (_, row) => {
		const cashier = await addMerchant(stage.context, 'Cashier');
		const charges = await addChargesMerchant(stage.context, 'Charges');
		for (const token of [cashier.testKey, charges.token]) await refuse(row, token, 401);
	});

	test.each(guarded)('%s: one of live mode is 403 while that is off', async (_, row) => {
		const { context, merchant } = stage;
		const { merchantId } = merchant;
		const live = await addCheckoutApplication(context, merchantId, { mode: 'live' });
		const client = await context.db.inTransaction((tx) =>
			createApiClient(context, tx, {
				merchantId,
				applicationId: null,
				dialect: 'checkout',
				mode: 'live',
				label: 'live'
			})
		);
		for (const token of [live.token, await accessTokenOf(context, client)]) {
			const { scope } = await refuse(row, token, 403);
			expect(scope).toBeUndefined();
		}
	});

	test.each(linked)('%s: is not what opens it', async (_, row) => {
		for (const token of [null, stage.merchant.accessToken, stage.merchant.application.token]) {
			await refuse(row, token, 403);
		}
	});

	test.each(open)('%s: is not asked for', async (_, row) => {
		expect([200, 400]).toContain(await statusWith(row, null));
	});

	test.each(charged)('%s: of the Checkout API, or none, is 401', async (_, row) => {
		const { application: own, accessToken } = stage.merchant;
		const cashier = await addMerchant(stage.context, 'Cashier');
		for (const token of [null, 'nonsense', own.token, accessToken, cashier.testKey]) {
			const reply = await stage.call({ ...row.call(scene), token });
			expect(reply.status, reply.text).toBe(401);
			expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
		}
	});

	test.each(charged)('%s: of another merchant finds nothing', async (_, row) => {
		const other = await addChargesMerchant(stage.context, 'Other');
		const reply = await stage.call({ ...row.call(scene), token: other.token });
		expect(reply.status, reply.text).toBe(row.foreign);
		expect(reply.text).not.toContain(scene.chargeId);
	});
});

async function openScene(stage: CheckoutStage): Promise<Scene> {
	const { context, merchant } = stage;
	const { application: own, accessToken } = merchant;
	const charges = await addChargesMerchant(context, 'Souk & Sons');
	const charge = await stage.call({
		path: '/v1/charges',
		body: someCharge(),
		token: charges.token
	});
	expect(charge.status, charge.text).toBe(201);
	const path = `/api/payment-applications/${own.id}/tokens`;
	const body = { label: 'never used', scopes: ['payments.get'] };
	const token = dataOf('newToken', await stage.call({ path, body, token: accessToken }), 201);
	return {
		paymentId: (await stage.open()).id,
		applicationId: own.id,
		tokenId: token.id,
		order: orderOf(merchant),
		chargeId: (charge.json as { id: string }).id
	};
}

/** What makes a call of who may do it change nothing. */
function harmless({ method, path = '', body }: Call): Partial<Call> {
	if (method === 'DELETE') return { path: path.replace(/[^/]+$/, randomUUID()) };
	return body === undefined ? {} : { body: {} };
}
