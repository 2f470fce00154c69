import { newId, type Context } from '$lib/server/context';
import { callWith, fillIn, keep, kept, remove, take, takeToken } from '../samples';

/** How long the token of the sample is good for. */
const TOKEN_MS = 30 * 24 * 3600 * 1000;

/** From a merchant's client to an application whose webhooks the reader's receiver verifies. */
export function applicationSamples(context: Context) {
	const { origin } = context.config;
	const applications = `${origin}/api/payment-applications`;
	const tokens = `${applications}/${kept('application.json', 'data.id')}/tokens`;
	const application = {
		name: 'My second shop',
		url: 'https://shop.example',
		callbackUrl: 'http://localhost:4000/checkout',
		currencyWhitelist: ['USD', 'EUR'],
		secret: '$WEBHOOK_SECRET'
	};
	const token = {
		label: 'Shop server',
		scopes: ['payments.create', 'payments.get'],
		expiresAt: new Date(context.clock.now() + TOKEN_MS).toISOString()
	};
	const order = {
		amount: 2500,
		currencyCode: 'EUR',
		reference: newId(context),
		referenceLabel: 'Order #1 of the second shop',
		clientId: '$SHOP_ID'
	};
	const create = callWith('ACCESS_TOKEN', applications, application);
	const checkout = callWith('SHOP_TOKEN', `${origin}/api/payment/checkout`, order);
	return {
		client: [
			take('CLIENT_ID', 'checkout.oauth_client_id'),
			take('CLIENT_SECRET', 'checkout.oauth_client_secret')
		].join('\n'),
		accessToken: takeToken('ACCESS_TOKEN', `${origin}/oauth/token`),
		secret: take('WEBHOOK_SECRET', 'checkout.webhook_secret'),
		application: keep(fillIn(create, 'WEBHOOK_SECRET'), 'application.json'),
		newToken: keep(callWith('ACCESS_TOKEN', tokens, token), 'token.json'),
		shop: [
			`export SHOP_TOKEN=${kept('token.json', 'data.token')}`,
			`export SHOP_ID=${kept('application.json', 'data.clientId')}`
		].join('\n'),
		shopOrder: fillIn(checkout, 'SHOP_ID'),
		revoke: remove('ACCESS_TOKEN', `${tokens}/${kept('token.json', 'data.id')}`),
		payments: callWith('ACCESS_TOKEN', `${origin}/api/payments?perPage=5`)
	};
}
