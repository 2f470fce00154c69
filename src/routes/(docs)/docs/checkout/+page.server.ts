import { newId } from '$lib/server/context';
import { readDemoFile } from '$lib/server/demo/demo-file';
import { answer, callWith, keep, kept, take } from '../samples';
import type { PageServerLoad } from './$types';
import { applicationSamples } from './application-samples';

const payment = '01936b2c-5f4e-7a3d-9c8b-7a6f5e4d3c2b';

/** What stands in the samples where there is no demo merchant to take it from. */
const someClientId = '0123456789abcdef0123456789abcdef';

/** Each reader gets samples with new ids of orders: they run as they stand, in their order. */
export const load: PageServerLoad = async ({ locals: { context } }) => {
	const { origin, live, dataDir } = context.config;
	const keys = live ? undefined : await readDemoFile(dataDir);
	const order = {
		amount: 10000,
		currencyCode: 'USD',
		reference: newId(context),
		referenceLabel: 'Order #123',
		clientId: keys?.checkout.application_client_id ?? someClientId,
		redirectUrl: `${origin}/demo/return`
	};
	const transferOrder = { ...order, reference: newId(context), referenceLabel: 'Order #124' };
	const payments = `${origin}/api/payment`;
	const read = `${payments}/${kept('checkout.json', 'data.id')}`;
	const transfer = `${payments}/${kept('transfer.json', 'data.id')}`;
	return {
		samples: {
			token: take('CLIENT_TOKEN', 'checkout.client_token'),
			create: keep(callWith('CLIENT_TOKEN', `${payments}/checkout`, order), 'checkout.json'),
			created: answer({
				data: {
					checkoutUrl: `${origin}/checkout/${payment}?expires=1795266000&signature=5fdd…`,
					id: payment
				}
			}),
			read: callWith('CLIENT_TOKEN', read),
			transferOrder: keep(
				callWith('CLIENT_TOKEN', `${payments}/checkout`, transferOrder),
				'transfer.json'
			),
			transfer: callWith('CLIENT_TOKEN', `${transfer}/provider/simulator/method/bank_transfer`),
			transferRead: callWith('CLIENT_TOKEN', transfer),
			...applicationSamples(context)
		}
	};
};
