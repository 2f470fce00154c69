import { newId } from '$lib/server/context';
import { answer, callWith, keep, take, takeToken } from '../samples';
import type { PageServerLoad } from './$types';

/** Each reader gets samples with a new id of the order: they run as they stand, in their order. */
export const load: PageServerLoad = ({ locals: { context } }) => {
	const { origin } = context.config;
	const reference = newId(context);
	const other = newId(context);
	const charge = {
		amount: 2000,
		currency: 'YER',
		description: 'Purchase of a watch',
		reference,
		redirect_url: `${origin}/demo/return`,
		post_url: 'http://localhost:4000/charges'
	};
	const { amount, currency, description, redirect_url, post_url } = charge;
	const created = {
		id: 'chg_01936b2c5f4e7a3d9c8b7a6f5e4d3c2b',
		status: 'INITIATED',
		amount,
		currency,
		description,
		transaction_url: `${origin}/pay/Mtg4OakI0YSGdHPY1y4vUnGLOaMxnJJZ9BX09LQ1u3y`,
		created: 1_798_761_600,
		amount_decimal: '2000',
		reference,
		customer: null,
		metadata: null,
		redirect_url,
		post_url,
		failure_code: null,
		failure_message: null
	};
	return {
		samples: {
			client: [
				take('CLIENT_ID', 'charges.client_id'),
				take('CLIENT_SECRET', 'charges.client_secret')
			].join('\n'),
			token: takeToken('TOKEN', `${origin}/v1/auth/token`),
			create: keep(callWith('TOKEN', `${origin}/v1/charges`, charge), 'charge.json'),
			created: answer(created),
			read: callWith('TOKEN', `${origin}/v1/charges/$(node -p "require('./charge.json').id")`),
			list: callWith('TOKEN', `${origin}/v1/charges?limit=5&status=INITIATED`),
			another: keep(
				callWith('TOKEN', `${origin}/v1/charges`, { ...charge, reference: other }),
				'charge.json'
			),
			cancel: callWith(
				'TOKEN',
				`${origin}/v1/charges/$(node -p "require('./charge.json').id")/cancel`,
				{}
			),
			canceled: answer({
				...created,
				reference: other,
				status: 'FAILED',
				failure_code: 'canceled_by_merchant',
				failure_message: 'Canceled by the merchant'
			})
		}
	};
};
