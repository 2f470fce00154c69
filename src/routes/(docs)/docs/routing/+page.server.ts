import { newId } from '$lib/server/context';
import { answer, post, takeKey } from '../samples';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { context } }) => {
	const request = {
		mode: 'test',
		user_id: '128',
		tracking_id: newId(context),
		amount: 10.05,
		currency: 'CHF'
	};
	return {
		key: takeKey,
		convert: post(`${context.config.origin}/api/v1/cashier`, { request }),
		converted: answer({ token: 'Mtg4OakI0YSGdHPY1y4vUnGLOaMxnJJZ9BX09LQ1u3y' })
	};
};
