import { beforeAll, expect, test } from 'vitest';
import {
	addCheckoutApplication,
	addCheckoutMerchant,
	answerOf,
	describeCheckout,
	orderOf,
	refusalOf,
	type CheckoutMerchant
} from './stage';

describeCheckout('GET /api/payments', (stage) => {
	let merchant: CheckoutMerchant;
	/** Newest first. */
	let opened: string[];
	beforeAll(async () => {
		merchant = await addCheckoutMerchant(stage.context, 'Lister');
		const second = await addCheckoutApplication(stage.context, merchant.merchantId);
		opened = [];
		for (let number = 0; number < 17; number++) {
			const application = number % 2 === 0 ? merchant.application : second;
			const { id } = await stage.open(orderOf({ application }), merchant.accessToken);
			opened.unshift(id);
		}
	});

	const list = async (query = '') => {
		const path = `/api/payments${query}`;
		const reply = await stage.call({ path, token: merchant.accessToken });
		const { data, meta } = answerOf('payments', reply);
		return { ids: data.map(({ id }) => id), meta };
	};

	test('gives the payments of all applications, newest first, page by page', async () => {
		const meta = { page: 1, perPage: 15, total: 17, lastPage: 2 };
		expect(await list()).toEqual({ ids: opened.slice(0, 15), meta });
		expect(await list('?page=2')).toEqual({ ids: opened.slice(15), meta: { ...meta, page: 2 } });
		expect(await list('?page=3')).toEqual({ ids: [], meta: { ...meta, page: 3 } });
		expect(await list('?perPage=100')).toMatchObject({ ids: opened, meta: { lastPage: 1 } });
		const second = { page: 2, perPage: 5, total: 17, lastPage: 4 };
		expect(await list('?page=2&perPage=5')).toEqual({ ids: opened.slice(5, 10), meta: second });
	});

	test('says the same of a payment as reading it does', async () => {
		const { accessToken: token } = merchant;
		const reply = await stage.call({ path: '/api/payments?perPage=1', token });
		const [payment] = answerOf('payments', reply).data;
		const read = await stage.call({ path: `/api/payment/${opened[0]}`, token });
		expect(payment).toEqual(answerOf('payment', read).data);
	});

	test('of a merchant without payments is one empty page', async () => {
		const { accessToken: token } = await addCheckoutMerchant(stage.context, 'Idle');
		const reply = await stage.call({ path: '/api/payments', token });
		expect(answerOf('payments', reply)).toEqual({
			data: [],
			meta: { page: 1, perPage: 15, total: 0, lastPage: 1 }
		});
	});

	test.each([
		['page', '0'],
		['page', '-1'],
		['page', '1.5'],
		['page', 'one'],
		['page', ''],
		['page', '1000001'],
		['page', '667'],
		['perPage', '0'],
		['perPage', '101'],
		['perPage', '1e1']
	])('refuses %s=%s', async (field, written) => {
		const path = `/api/payments?${field}=${written}`;
		const { errors = {} } = refusalOf(await stage.call({ path, token: merchant.accessToken }), 422);
		expect(Object.keys(errors)).toEqual([field]);
	});
});
