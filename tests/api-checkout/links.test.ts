import { expect, test } from 'vitest';
import { signLink } from '$lib/server/sessions/checkout-link';
import { answerOf, dataOf, describeCheckout, orderOf, refusalOf } from './stage';

const paths = (id: string) => [
	`/api/checkout/${id}/payment-methods`,
	`/api/checkout/payment/${id}/provider/simulator/method/bank_transfer`
];

describeCheckout('the link of a checkout', (stage) => {
	const get = (path: string, query: string) => stage.call({ path: path + query, token: null });

	test('opens its methods and instructions without a token', async () => {
		const { id, checkoutUrl } = await stage.open();
		const { search } = new URL(checkoutUrl);
		const [methods = '', instructions = ''] = paths(id);
		dataOf('methods', await get(methods, search));
		dataOf('instructions', await get(instructions, search));
	});

	test('with a byte changed anywhere opens nothing', async () => {
		const { id, checkoutUrl } = await stage.open();
		const { id: other } = await stage.open();
		const { search } = new URL(checkoutUrl);
		for (let at = 1; at < search.length; at++) {
			const byte = search[at] === '0' ? '1' : '0';
			const changed = search.slice(0, at) + byte + search.slice(at + 1);
			for (const path of paths(id)) refusalOf(await get(path, changed), 403);
		}
		for (let at = 0; at < id.length; at++) {
			if (id[at] === '-') continue;
			const byte = id[at] === '0' ? '1' : '0';
			for (const path of paths(id.slice(0, at) + byte + id.slice(at + 1))) {
				refusalOf(await get(path, search), 403);
			}
		}
		for (const path of paths(other)) refusalOf(await get(path, search), 403);
		for (const path of paths(id.toUpperCase())) refusalOf(await get(path, search), 403);
		for (const query of ['', '?', '?expires=', search.split('&')[0] ?? '', search.toUpperCase()]) {
			for (const path of paths(id)) refusalOf(await get(path, query), 403);
		}
	});

	test('says that it has expired, once it has, and only if it was ours', async () => {
		const { id, checkoutUrl } = await stage.open();
		const linkUntil = (expires: string) =>
			`?${new URLSearchParams({ expires, signature: signLink(stage.context, { id, expires }) })}`;
		const now = Math.floor(Date.now() / 1000);
		for (const path of paths(id)) {
			for (const expires of [now, now - 1, 0]) {
				const { message } = refusalOf(await get(path, linkUntil(String(expires))), 410);
				expect(message).toContain('expired');
			}
			// The end that stands there was not signed.
			const forged = new URL(checkoutUrl);
			forged.searchParams.set('expires', String(now - 1));
			refusalOf(await get(path, forged.search), 403);
			const reply = await get(path, linkUntil(String(now + 60)));
			expect(reply.status, reply.text).toBe(200);
		}
	});

	test('ends with the checkout', async () => {
		const expiresAt = new Date(Date.now() + 600_000).toISOString();
		const { checkoutUrl } = await stage.open({ ...orderOf(stage.merchant), expiresAt });
		expect(new URL(checkoutUrl).searchParams.get('expires')).toBe(
			String(Math.floor(Date.parse(expiresAt) / 1000))
		);
	});

	test('leads to the ways to pay, each with what it costs and takes', async () => {
		const { id, checkoutUrl } = await stage.open();
		const { data } = answerOf(
			'methods',
			await get(paths(id)[0] ?? '', new URL(checkoutUrl).search)
		);
		expect(data.map(({ method, kind }) => [method, kind])).toEqual([
			['card', 'card'],
			['wallet', 'redirect'],
			['bank_transfer', 'bank_transfer'],
			['voucher', 'voucher']
		]);
		for (const method of data) {
			expect(method).toMatchObject({ provider: 'simulator', usable: true, reason: null, fee: 0 });
		}
		expect(data[2]).toMatchObject({ name: 'Bank transfer', takes: 'hours' });
	});
});
