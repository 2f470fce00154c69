import { expect, test } from 'vitest';
import { createApplication } from '$lib/server/merchants/create-application';
import { readWebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import {
	addCheckoutApplication,
	addCheckoutMerchant,
	answerOf,
	dataOf,
	describeCheckout,
	orderOf,
	refusalOf,
	type Call
} from './stage';

const PATH = '/api/payment-applications';

const wanted = {
	name: 'My shop',
	url: 'https://my-shop.example/store',
	callbackUrl: 'https://93.184.216.34/webhooks',
	currencyWhitelist: ['USD', 'YER'],
	allowUnderpay: true,
	allowOverpay: true,
	secret: 'sixteen characters, or more'
};

const key = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

const faults: [field: string, written: unknown, rule: RegExp][] = [
	['name', undefined, /text/],
	['name', 'ab', /3/],
	['name', 'x'.repeat(256), /255/],
	['url', undefined, /text/],
	['url', 'my-shop.example', /https/],
	['url', 'http://my-shop.example', /https/],
	['url', 'https://me:word@my-shop.example', /https/],
	['url', 'ftp://my-shop.example', /https/],
	['callbackUrl', '', /empty/],
	['callbackUrl', 'http://93.184.216.34/', /https/],
	['callbackUrl', 'https://10.0.0.1/', /\w/],
	['callbackUrl', 'https://169.254.169.254/', /\w/],
	['currencyWhitelist', 'USD', /list/],
	['currencyWhitelist', ['USD', 'USD'], /twice/],
	['currencyWhitelist.1', ['USD', 'usd'], /ISO 4217/],
	['allowUnderpay', 1, /true or false/],
	['allowOverpay', 'yes', /true or false/],
	['secret', undefined, /text/],
	['secret', 'x'.repeat(15), /16/],
	['secret', 'x'.repeat(256), /255/],
	['secret', 'whsec_not base64 at all!', /base64/],
	['secret', key(23), /24 to 64/],
	['secret', key(65), /24 to 64/],
	['clientId', 'x'.repeat(32), /not known/]
];

describeCheckout('a payment application', (stage) => {
	const call = (path: string, more: Call = {}) =>
		stage.call({ path: PATH + path, token: stage.merchant.accessToken, ...more });

	const create = async (body: object = wanted) =>
		dataOf('application', await call('', { body }), 201);

	test('is made as it was said, and read again', async () => {
		const { id, clientId, createdAt, ...said } = await create();
		expect(said).toEqual({
			userId: stage.merchant.merchantId,
			name: wanted.name,
			url: wanted.url,
			callbackUrl: wanted.callbackUrl,
			currencyWhitelist: ['USD', 'YER'],
			allowUnderpay: true,
			allowOverpay: true,
			deletedAt: null
		});
		expect(clientId).toMatch(/^[0-9a-f]{32}$/);
		expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000);
		const reply = await call(`/${id}`);
		expect(dataOf('application', reply)).toEqual({ id, clientId, createdAt, ...said });
		expect(Object.keys(dataOf('application', reply))).toEqual(
			(
				'id name clientId userId url callbackUrl currencyWhitelist allowUnderpay allowOverpay ' +
				'createdAt deletedAt'
			).split(' ')
		);
	});

	test('takes all currencies, and what was asked for only, where nothing is said', async () => {
		const { name, url, secret } = wanted;
		expect(await create({ name, url, secret })).toMatchObject({
			callbackUrl: null,
			currencyWhitelist: [],
			allowUnderpay: false,
			allowOverpay: false
		});
	});

	test('keeps its secret, which no answer shows', async () => {
		for (const secret of [wanted.secret, key(24), key(64), 'ключ из шестнадцати букв']) {
			const made = await call('', { body: { ...wanted, secret } });
			const { id } = dataOf('application', made, 201);
			const read = [await call(`/${id}`), await call(''), await call(`/${id}/tokens`)];
			for (const { text } of [made, ...read]) expect(text).not.toContain(secret);
			const { webhookSecret } = await readWebhookSecrets(stage.context, id, 'test');
			expect(webhookSecret).toBe(secret);
		}
	});

	test.each(
		faults.map(
			([field, written, rule]) =>
				[field, String(JSON.stringify(written)).slice(0, 40), { written, rule }] as const
		)
	)('is refused with %s: %s, made or changed', async (field, _, { written, rule }) => {
		const { id } = await create();
		const name = field.split('.')[0] ?? field;
		const body = { ...wanted, [name]: written };
		const calls = [call('', { body })];
		// What is left out of a change stays.
		if (written !== undefined) {
			calls.push(call(`/${id}`, { method: 'PUT', body: { [name]: written } }));
		}
		for (const reply of await Promise.all(calls)) {
			const { errors } = refusalOf(reply, 422);
			expect(errors).toEqual({ [field]: [expect.stringMatching(rule)] });
		}
		expect(dataOf('application', await call(`/${id}`)).name).toBe(wanted.name);
	});

	test('is changed where the body says so, and stays otherwise', async () => {
		const { id, ...before } = await create();
		const put = async (body: object) =>
			dataOf('application', await call(`/${id}`, { method: 'PUT', body }));
		expect(await put({})).toEqual({ id, ...before });
		expect(await put({ allowOverpay: false, callbackUrl: null })).toEqual({
			id,
			...before,
			allowOverpay: false,
			callbackUrl: null
		});
		const { webhookSecret } = await readWebhookSecrets(stage.context, id, 'test');
		expect(webhookSecret).toBe(wanted.secret);
		const changes = {
			name: 'Renamed',
			url: 'http://localhost:8080',
			callbackUrl: 'http://127.0.0.1:8080/hook',
			currencyWhitelist: [],
			allowUnderpay: false,
			allowOverpay: true
		};
		const changed = await put({ ...changes, secret: 'another secret of mine' });
		expect(changed).toEqual({ id, ...before, ...changes });
		expect((await readWebhookSecrets(stage.context, id, 'test')).webhookSecret).toBe(
			'another secret of mine'
		);
		refusalOf(await call(`/${id}`, { method: 'PUT', body: [] }), 422);
	});

	test('returns payers to the origin of its address, as it is then', async () => {
		const { accessToken: token } = stage.merchant;
		const { id, clientId } = await create();
		const open = (redirectUrl: string) => {
			const order = { ...orderOf(stage.merchant), clientId, redirectUrl };
			return stage.call({ body: order, token });
		};
		expect((await open('https://my-shop.example/back')).status).toBe(200);
		refusalOf(await open('https://new-shop.example/back'), 422);
		await call(`/${id}`, { method: 'PUT', body: { url: 'https://new-shop.example' } });
		expect((await open('https://new-shop.example/back')).status).toBe(200);
		refusalOf(await open('https://my-shop.example/back'), 422);
	});

	test('is listed among the merchant’s own of this mode', async () => {
		const { id } = await create();
		const { context, merchant } = stage;
		const live = await addCheckoutApplication(context, merchant.merchantId, { mode: 'live' });
		const { data } = answerOf('applications', await call(''));
		const ids = data.map((application) => application.id);
		expect(ids).toContain(id);
		expect(ids).toContain(merchant.application.id);
		expect(ids).not.toContain(live.id);
		refusalOf(await call(`/${live.id}`), 404);
		for (const none of ['x', '%00', "'", id.toUpperCase()]) refusalOf(await call(`/${none}`), 404);
	});

	test('is refused where a merchant has more than enough', async () => {
		const { context } = stage;
		const { merchantId, accessToken: token } = await addCheckoutMerchant(context, 'Many');
		await context.db.inTransaction(async (tx) => {
			const one = { merchantId, dialect: 'checkout', name: 'One of many' } as const;
			for (let number = 1; number < 250; number++) {
				await createApplication(context, tx, { ...one, frameOrigins: [], returnOrigins: [] });
			}
		});
		const body = { name: 'One more', url: 'https://shop.example', secret: 'x'.repeat(16) };
		const refused = await stage.call({ path: PATH, token, body });
		expect(Object.keys(refusalOf(refused, 422).errors ?? {})).toEqual(['name']);
		const list = await stage.call({ path: '/api/payments', token });
		expect(answerOf('payments', list).meta.total).toBe(0);
	});

	test('that was deleted opens nothing, while its payments go on', async () => {
		const { context, merchant } = stage;
		const application = await addCheckoutApplication(context, merchant.merchantId);
		const { token } = application;
		const { id, checkoutUrl } = await stage.open(orderOf({ application }), token);
		const deletedAt = performance.now();
		const gone = dataOf('application', await call(`/${application.id}`, { method: 'DELETE' }));
		expect(gone).toMatchObject({ id: application.id, deletedAt: expect.any(String) });
		const read = { path: `/api/payment/${id}`, token };
		while ((await stage.call(read)).status !== 401) {
			expect(performance.now() - deletedAt).toBeLessThan(1_000);
		}
		refusalOf(await stage.call({ body: orderOf({ application }), token }), 401);
		const body = orderOf({ application });
		const refused = await stage.call({ body, token: merchant.accessToken });
		expect(Object.keys(refusalOf(refused, 422).errors ?? {})).toEqual(['clientId']);
		for (const method of ['GET', 'DELETE']) {
			refusalOf(await call(`/${application.id}`, { method }), 404);
		}
		refusalOf(await call(`/${application.id}`, { method: 'PUT', body: {} }), 404);
		refusalOf(await call(`/${application.id}/tokens`), 404);
		const { data } = answerOf('applications', await call(''));
		expect(data.map((one) => one.id)).not.toContain(application.id);

		expect(await stage.read(id)).toMatchObject({ status: 'PENDING' });
		const { pathname, search } = new URL(checkoutUrl);
		const methods = await stage.call({
			path: `/api${pathname}/payment-methods${search}`,
			token: null
		});
		dataOf('methods', methods);
	});
});

describeCheckout('client tokens', (stage) => {
	const place = () => `${PATH}/${stage.merchant.application.id}/tokens`;
	const call = (more: Call = {}, path = place()) =>
		stage.call({ path, token: stage.merchant.accessToken, ...more });

	test('are made for no application whose id is none, with a key or without', async () => {
		const body = { label: 'Shop server', scopes: ['payments.get'] };
		const path = `${PATH}/%00/tokens`;
		refusalOf(await call({ body }, path), 404);
		refusalOf(await call({ body, headers: { 'idempotency-key': 'once' } }, path), 404);
	});

	test('are shown once, listed by their first characters, and revoked', async () => {
		const expiresAt = '2040-01-31T12:00:00.000Z';
		const body = { label: 'Shop server', expiresAt, scopes: ['payments.create', 'payments.get'] };
		const made = dataOf('newToken', await call({ body }), 201);
		expect(made).toMatchObject({ ...body, lastUsedAt: null });
		expect(made.token).toMatch(/^cd_test_[0-9A-Za-z]{33}$/);
		const listed = async () => {
			const reply = await call();
			expect(reply.text).not.toContain(made.token);
			return dataOf('tokens', reply).find(({ id }) => id === made.id);
		};
		const { token, ...facts } = made;
		expect(await listed()).toEqual({ ...facts, hint: token.slice(0, 12) });
		await stage.open(orderOf(stage.merchant), token);
		expect((await listed())?.lastUsedAt).toEqual(expect.any(String));
		dataOf('token', await call({ method: 'DELETE' }, `${place()}/${made.id}`));
		expect(await listed()).toBeUndefined();
		refusalOf(await call({ method: 'DELETE' }, `${place()}/${made.id}`), 404);
	});

	test('of another application are not found', async () => {
		const { context, merchant } = stage;
		const other = await addCheckoutApplication(context, merchant.merchantId);
		const body = { label: 'Own', scopes: ['*'] };
		const { id, token } = dataOf('newToken', await call({ body }), 201);
		refusalOf(await call({ method: 'DELETE' }, `${PATH}/${other.id}/tokens/${id}`), 404);
		expect((await stage.call({ token, body: orderOf(merchant) })).status).toBe(200);
	});

	test.each([
		['label', undefined],
		['label', ''],
		['label', 'x'.repeat(256)],
		['expiresAt', '2020-01-01T00:00:00Z'],
		['expiresAt', 'never'],
		['scopes', undefined],
		['scopes', []],
		['scopes', 'payments.get'],
		['scopes', ['payments.get', 'payments.get']],
		['scopes.0', ['payments']],
		['id', 'x']
	])('are refused with a faulty %s', async (field, written) => {
		const name = field.split('.')[0] ?? field;
		const body = { label: 'Server', scopes: ['*'], [name]: written };
		const { errors = {} } = refusalOf(await call({ body }), 422);
		expect(Object.keys(errors)).toEqual([field]);
	});
});
