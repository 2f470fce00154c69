import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cards, queryOf, readChoices, ways } from '$lib/demo-shop/choices';
import { decisionCall, shopCall, showCall, withoutCard } from '$lib/demo-shop/shop-call';
import { ruleFor } from '$lib/server/simulator/rules';
import { highlight } from '$lib/ui/highlight';

const place = {
	reference: 'pelican-1234567890',
	origin: 'http://localhost:3000',
	providerId: 210,
	routingId: 310
};
const read = (query: string) => readChoices(new URLSearchParams(query));

describe('the shop’s choices', () => {
	it('are the first of each list where nothing known was said', () => {
		const first = read('');
		expect(first).toEqual({
			way: 'deposit',
			amount: '25.00',
			editable: false,
			currency: 'EUR',
			methods: 'all',
			reader: 'reader-1042',
			card: '4242 4242 4242 4242',
			expiry: expect.stringMatching(/^12\/20\d\d$/),
			code: '123',
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
		'methods=card&currency=CHF'
	])('survive the way through an address: %s', (query) => {
		const choices = read(query);
		expect(read(queryOf(choices))).toEqual(choices);
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
