import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cashierRequest, showCall } from '$lib/demo-shop/cashier-request';
import { queryOf, readChoices } from '$lib/demo-shop/choices';
import { highlight } from '$lib/ui/highlight';

const place = { reference: 'pelican-1', origin: 'http://localhost:3000' };
const read = (query: string) => readChoices(new URLSearchParams(query));

describe('the shop’s choices', () => {
	it('are the first of each list where nothing known was said', () => {
		const first = read('');
		expect(first).toEqual({
			amount: '25.00',
			editable: false,
			currency: 'EUR',
			locale: 'auto',
			theme: 'auto',
			place: 'frame'
		});
		expect(read('amount=1&currency=eur&locale=x&theme=<b>&place=&editable=true')).toEqual(first);
	});

	it.each([
		'amount=60.00&currency=YER&editable=yes&locale=ar&theme=dark&place=page',
		'amount=other&other=10,05&place=dialog',
		'amount=other&other='
	])('survive the way through an address: %s', (query) => {
		const choices = read(query);
		expect(read(queryOf(choices))).toEqual(choices);
	});

	it('leave the amount to the payer where none was typed', () => {
		expect(cashierRequest(read('amount=other&other=+'), place)).toMatchObject({
			request: { amount_restricted: false }
		});
		expect(JSON.stringify(cashierRequest(read('amount=other&other='), place))).not.toContain(
			'"amount":'
		);
	});
});

it('the call that is shown says in a shell what is sent, whatever was typed', () => {
	const body = cashierRequest(read("amount=other&other=1'$(id)%22\\"), place);
	const shell = showCall(place.origin, body).replace(/^curl /, 'printf "%s\\n" ');
	const printed = execFileSync('/bin/sh', ['-c', shell], { encoding: 'utf8' });
	const [, sent = ''] = printed.split('\n-d\n');
	expect(JSON.parse(sent)).toEqual(body);
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
