import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answers } from '$lib/server/api-checkout/answers';
import { readConfig } from '$lib/server/config';
import { openContext, type Context } from '$lib/server/context';
import { startApp, type App } from '../app';
import { addCheckoutMerchant, orderOf, type CheckoutMerchant } from './stage';

const LIMIT = 5;

describe.each(['sqlite', 'postgres'] as const)('calls a minute on %s', (engine) => {
	let app: App;
	let context: Context;
	let merchant: CheckoutMerchant;
	beforeAll(async () => {
		const env = {
			CASHDESK_CALLS_PER_MINUTE: String(LIMIT),
			CASHDESK_FORMS_PER_MINUTE: String(LIMIT)
		};
		app = await startApp({ engine, env });
		const { port, databaseUrl } = app.place;
		context = await openContext(
			readConfig({
				PORT: String(port),
				CASHDESK_DATA_DIR: app.dataDir,
				DATABASE_URL: databaseUrl
			})
		);
		merchant = await addCheckoutMerchant(context, 'Hasty');
	});
	afterAll(async () => {
		await context.db.close();
		await app.stop();
	});

	/** Calls until it is too much; even if a minute ends meanwhile, two times five may pass. */
	async function untilLimited(call: () => Promise<Response>, before = 0): Promise<unknown> {
		for (let calls = before + 1; calls <= 2 * LIMIT + 1; calls++) {
			const response = await call();
			const body: unknown = await response.json();
			if (response.status !== 429) continue;
			expect(calls).toBeGreaterThan(LIMIT);
			const seconds = Number(response.headers.get('retry-after'));
			expect(seconds).toBeGreaterThanOrEqual(1);
			expect(seconds).toBeLessThanOrEqual(60);
			return body;
		}
		throw new Error('Nothing was limited');
	}

	test('of a token, of a link and for tokens are limited, each on its own', async () => {
		const headers = {
			authorization: `Bearer ${merchant.application.token}`,
			'content-type': 'application/json'
		};
		const post = (path: string, body: object) =>
			fetch(app.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
		const order = orderOf(merchant);
		const first = await post('/api/payment/checkout', order);
		const opened = answers.checkout.parse(await first.json()).data;
		const read = () => fetch(`${app.origin}/api/payment/${opened.id}`, { headers });
		answers.error.parse(await untilLimited(read, 1));
		const methods = `/api/checkout/${opened.id}/payment-methods${new URL(opened.checkoutUrl).search}`;
		answers.error.parse(await untilLimited(() => fetch(app.origin + methods)));
		const credentials = {
			client_id: merchant.client.clientId,
			client_secret: merchant.client.clientSecret
		};
		const { error } = answers.tokenError.parse(
			await untilLimited(() => post('/oauth/token', credentials))
		);
		expect(error).toBe('temporarily_unavailable');
	});
});
