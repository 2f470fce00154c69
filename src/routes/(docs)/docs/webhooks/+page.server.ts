import { newId } from '$lib/server/context';
import { post, takeKey } from '../samples';
import type { PageServerLoad } from './$types';
import node from './receive-webhooks.js?raw';
import php from './receive-webhooks.php?raw';
import python from './receive-webhooks.py?raw';

export const load: PageServerLoad = ({ locals: { context } }) => {
	const request = {
		mode: 'test',
		user_id: 'reader-1',
		tracking_id: newId(context),
		amount: '25.00',
		currency: 'EUR',
		amount_restricted: true,
		settings: { webhook_url: 'http://localhost:4000/cashier' }
	};
	return {
		key: takeKey,
		story: `curl ${context.config.origin}/operations/transactions/ID`,
		receivers: { node, python, php },
		open: post(`${context.config.origin}/api/v1/cashier`, { request })
	};
};
