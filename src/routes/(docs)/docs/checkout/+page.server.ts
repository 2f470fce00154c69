import { newId } from '$lib/server/context';
import { readDemoFile } from '$lib/server/demo/demo-file';
import { answer, callWith, keep, take, takeToken } from '../samples';
import type { PageServerLoad } from './$types';

const payment = '01936b2c-5f4e-7a3d-9c8b-7a6f5e4d3c2b';

/** What stands in the samples where there is no demo merchant to take it from. */
const someClientId = '0123456789abcdef0123456789abcdef';

/** Each reader gets samples with a new id of the order, so that every one can be run as it stands. */
export const load: PageServerLoad = async ({ locals: { context } }) => {
	const { origin, live, dataDir } = context.config;
	const keys = live ? undefined : await readDemoFile(dataDir);
	const reference = newId(context);
	const order = {
		amount: 10000,
		currencyCode: 'USD',
		reference,
		referenceLabel: 'Order #123',
		clientId: keys?.checkout.application_client_id ?? someClientId
	};
	const read = '/api/payment/$(node -p "require(\'./checkout.json\').data.id")';
	const transfer = `${read}/provider/simulator/method/bank_transfer`;
	return {
		samples: {
			token: take('CLIENT_TOKEN', 'checkout.client_token'),
			create: keep(
				callWith('CLIENT_TOKEN', `${origin}/api/payment/checkout`, order),
				'checkout.json'
			),
			created: answer({
				data: {
					checkoutUrl: `${origin}/checkout/${payment}?expires=1795266000&signature=5fdd…`,
					id: payment
				}
			}),
			read: callWith('CLIENT_TOKEN', origin + read),
			transfer: callWith('CLIENT_TOKEN', origin + transfer),
			client: [
				take('CLIENT_ID', 'checkout.oauth_client_id'),
				take('CLIENT_SECRET', 'checkout.oauth_client_secret')
			].join('\n'),
			accessToken: takeToken('ACCESS_TOKEN', `${origin}/oauth/token`),
			application: callWith('ACCESS_TOKEN', `${origin}/api/payment-applications`, {
				name: 'My second shop',
				url: 'https://shop.example',
				callbackUrl: 'http://localhost:4000/checkout',
				currencyWhitelist: ['USD', 'EUR'],
				secret: 'a-text-that-nobody-guesses'
			}),
			payments: callWith('ACCESS_TOKEN', `${origin}/api/payments?perPage=5`)
		}
	};
};
