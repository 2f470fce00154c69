import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cards, currencies, presetsOf, queryOf, readChoices, ways } from '$lib/demo-shop/choices';
import {
	decisionCall,
	shopCall,
	showCall,
	showPlan,
	tokenCall,
	withoutCard
} from '$lib/demo-shop/shop-call';
import { isWholeUnitCurrency } from '$lib/money/whole-unit-currencies';
import { ruleFor } from '$lib/server/simulator/rules';
import { highlight } from '$lib/ui/highlight';

const place = {
	reference: 'pelican-1234567890',
	origin: 'http://localhost:3000',
	hearsAt: 'http://127.0.0.1:3000',
	providerId: 210,
	routingId: 310,
	chargesClient: 'client-of-charges',
	checkoutApplication: 'application-1',
	oauthClient: 'client-of-the-merchant'
};
const read = (query: string) => readChoices(new URLSearchParams(query));

describe('the shop’s choices', () => {
	it('are the first of each list where nothing known was said', () => {
		const first = read('');
		expect(first).toEqual({
			api: 'cashier',
			way: 'deposit',
			amount: '25.00',
			editable: false,
			currency: 'EUR',
			methods: 'all',
			reader: 'reader-1042',
			card: '4242 4242 4242 4242',
			expiry: expect.stringMatching(/^12\/20\d\d$/),
			code: '123',
			credential: 'token',
			rules: 'standard',
			locale: 'auto',
			theme: 'auto',
			place: 'frame'
		});
		expect(
			read('way=x&amount=1&currency=eur&card=4000&locale=x&theme=<b>&place=&editable=true')
		).toEqual(first);
	});

	it.each([
		'amount=60.00&currency=YER&editable=yes&locale=ar&theme=dark&place=page',
		'amount=other&other=10,05&place=dialog',
		'amount=other&other=',
		'way=withdrawal&reader=new',
		'way=card&card=4000+0000+0000+3220&rules=cascade',
		'methods=card&currency=CHF',
		'api=charges&amount=2000&currency=YER&locale=ar',
		'api=charges&amount=other&other=10,05',
		'api=checkout&amount=60.00&credential=oauth'
	])('survive the way through an address: %s', (query) => {
		const choices = read(query);
		expect(read(queryOf(choices))).toEqual(choices);
	});

	it('have one way and a page of its own in the other APIs', () => {
		for (const api of ['charges', 'checkout']) {
			const choices = read(`api=${api}&way=card&place=dialog`);
			expect(choices).toMatchObject({ api, way: 'deposit', place: 'page' });
		}
	});

	it('never put what belongs to a card into an address', () => {
		expect(queryOf(read('way=card&expiry=11/2031&code=987'))).not.toMatch(/2031|987/);
	});

	it('offer cards that do what is said of them', () => {
		const rules = cards.map(({ number }) => ruleFor(number.replaceAll(' ', '')).name);
		expect(rules).toEqual([
			'approved',
			'challenge',
			'insufficient_funds',
			'hang_charged',
			'invalid_number'
		]);
	});
});

describe('the shop’s call', () => {
	const requestOf = (query: string) =>
		(shopCall(read(query), place).body as { request: Record<string, unknown> }).request;

	it('goes to the address of its way', () => {
		expect(ways.map((way) => shopCall(read(`way=${way}`), place).path)).toEqual([
			'/api/v1/cashier',
			'/api/v1/withdrawal',
			'/api/v1/s2s',
			'/api/v1/direct'
		]);
		expect(decisionCall('approve', 't-1')).toEqual({
			path: '/api/v1/withdrawal/approve',
			body: { transaction_id: 't-1' }
		});
	});

	it('leaves the amount to the payer where none was typed', () => {
		const request = requestOf('amount=other&other=+');
		expect(request).toMatchObject({ amount_restricted: false });
		expect(request).not.toHaveProperty('amount');
	});

	it('goes to the address of its API, after one for a token where it needs one', () => {
		const paths = ['', 'api=charges', 'api=checkout', 'api=checkout&credential=oauth'].map(
			(query) => [tokenCall(read(query), place), shopCall(read(query), place)]
		);
		expect(paths.map((calls) => calls.map((call) => call?.path))).toEqual([
			[undefined, '/api/v1/cashier'],
			['/v1/auth/token', '/v1/charges'],
			[undefined, '/api/payment/checkout'],
			['/oauth/token', '/api/payment/checkout']
		]);
		expect(paths.map((calls) => calls.map((call) => call?.pass))).toEqual([
			[undefined, undefined],
			['charges_client', 'access_token'],
			[undefined, 'client_token'],
			['oauth_client', 'access_token']
		]);
	});

	it.each([
		['api=charges&amount=25&currency=EUR', { amount: 2500, currency: 'EUR' }],
		['api=charges&amount=2000&currency=YER', { amount: 2000, currency: 'YER' }],
		['api=charges&amount=other&other=10.05', { amount: 1005 }],
		['api=charges&amount=other&other=10.05&currency=YER', { amount: '10.05' }],
		['api=charges&amount=other&other=10,05', { amount: '10,05' }],
		['api=checkout&amount=10.05', { amount: 1005, currencyCode: 'EUR' }],
		['api=checkout&amount=25.00&currency=YER', { amount: 2500, currencyCode: 'YER' }]
	])('says the amount in the API’s unit, or as it was typed: %s', (query, said) => {
		expect(shopCall(read(query), place).body).toMatchObject(said);
	});

	it('can charge every amount that is offered, in every currency', () => {
		for (const currency of currencies) {
			for (const amount of presetsOf('charges')) {
				const { body } = shopCall(read(`api=charges&amount=${amount}&currency=${currency}`), place);
				const digits = isWholeUnitCurrency(currency) ? '' : '00';
				expect(body).toMatchObject({ amount: Number(amount + digits), currency });
			}
		}
	});

	it('says where the payer and the webhook go', () => {
		expect(shopCall(read('api=charges&locale=ar'), place).body).toMatchObject({
			reference: place.reference,
			redirect_url: 'http://localhost:3000/demo/return',
			post_url: 'http://127.0.0.1:3000/demo/webhook/charges',
			locale: 'ar'
		});
		expect(shopCall(read('api=checkout'), place).body).toMatchObject({
			reference: place.reference,
			clientId: 'application-1',
			redirectUrl: 'http://localhost:3000/demo/return'
		});
	});

	it('names the account, and the rules where others are chosen', () => {
		expect(requestOf('way=wallet')).toMatchObject({ provider_id: 210 });
		expect(requestOf('way=card&rules=cascade')).toMatchObject({ routing_id: 310 });
		expect(requestOf('way=card')).not.toHaveProperty('routing_id');
	});

	it('is for the same reader next time, or for a new one each time', () => {
		expect(requestOf('')).toMatchObject({ user_id: 'reader-1042' });
		expect(requestOf('reader=new')).toMatchObject({ user_id: 'reader-34567890' });
	});

	it('has the card, and what is kept of the call has not', () => {
		const call = shopCall(read('way=card&expiry=11/2031&code=987'), place);
		expect(call.body).toMatchObject({
			card_details: {
				card_number: '4242424242424242',
				cvc: '987',
				exp_month: '11',
				exp_year: '2031'
			}
		});
		expect(JSON.stringify(withoutCard(call))).not.toMatch(/4242|987|2031|Ada/);
		const other = shopCall(read(''), place);
		expect(withoutCard(other)).toEqual(other);
	});
});

it('the call that is shown says in a shell what is sent, whatever was typed', () => {
	const call = shopCall(read("amount=other&other=1'$(id)%22\\"), place);
	const shell = showCall(place.origin, call).replace(/^curl /, 'printf "%s\\n" ');
	const printed = execFileSync('/bin/sh', ['-c', shell], { encoding: 'utf8' });
	const [, sent = ''] = printed.split('\n-d\n');
	expect(JSON.parse(sent)).toEqual(call.body);
});

it('what is shown of the other APIs is two calls or one, without a secret', () => {
	for (const [query, count] of [
		['api=charges', 2],
		['api=checkout', 1],
		['api=checkout&credential=oauth', 2]
	] as const) {
		const plan = showPlan(read(query), place);
		expect(plan.match(/^curl /gm)).toHaveLength(count);
		const shell = plan.replaceAll(/^curl /gm, 'printf "%s\\n" ');
		const printed = execFileSync('/bin/sh', ['-c', shell], { encoding: 'utf8' });
		expect(printed).toContain(place.reference);
		const secrets = printed.match(/client_secret.*|authorization.*/g) ?? [];
		expect(secrets).toHaveLength(count);
		for (const secret of secrets) expect(secret).toContain('_test_•••');
	}
});

it('highlighting changes no letter of the code', () => {
	const code = 'curl http://localhost:3000 \\\n# remark\n{"a": "b\\"c", "d": 12, "e": true}';
	const pieces = highlight(code);
	expect(pieces.map(({ text }) => text).join('')).toBe(code);
	expect(pieces.filter(({ kind }) => kind !== 'plain')).toEqual([
		{ kind: 'remark', text: '# remark' },
		{ kind: 'name', text: '"a"' },
		{ kind: 'text', text: '"b\\"c"' },
		{ kind: 'name', text: '"d"' },
		{ kind: 'value', text: '12' },
		{ kind: 'name', text: '"e"' },
		{ kind: 'value', text: 'true' }
	]);
});
