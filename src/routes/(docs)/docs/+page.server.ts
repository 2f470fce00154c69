import { newId } from '$lib/server/context';
import type { PageServerLoad } from './$types';
import { answer, get, post, takeKey } from './samples';

/** Each reader gets samples with a new id of the order: they run as they stand, in their order. */
export const load: PageServerLoad = ({ locals: { context } }) => {
	const { origin } = context.config;
	const reference = newId(context);
	const request = {
		mode: 'test',
		user_id: 'reader-1',
		tracking_id: reference,
		amount: '25.00',
		currency: 'EUR',
		amount_restricted: true
	};
	return {
		samples: {
			key: takeKey,
			open: post(`${origin}/api/v1/cashier`, { request }),
			opened: answer({ token: 'Mtg4OakI0YSGdHPY1y4vUnGLOaMxnJJZ9BX09LQ1u3y' }),
			status: get(`${origin}/api/v1/transaction/status?id=${reference}`),
			statusAnswer: answer({ transaction_status: 'successful' })
		}
	};
};
