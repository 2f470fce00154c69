import { describe, expect, test } from 'vitest';
import { findLeaks, needlesFor } from './find-leaks';

const cards = ['4539578763621486', '378282246310005'];
const secrets = { cards, codes: ['7391'] };

const around = (bytes: Buffer) => [
	{
		name: 'a file',
		bytes: Buffer.concat([Buffer.from('{"name":"A. Payer","x":"'), bytes, Buffer.from('"}')])
	}
];

describe('the search for card data', () => {
	test('finds nothing in what may be kept', () => {
		const kept = {
			card_first6: '453957',
			card_last4: '1486',
			card_expiry: '2034-12',
			id: '01a1fc11-7391-7391-a391-7391c5b60b89',
			at: 1_763_739_173_910,
			sealed: 'k1.a7391+7391/x7391='
		};
		expect(findLeaks(around(Buffer.from(JSON.stringify(kept))), secrets)).toEqual([]);
	});

	test.each(cards.flatMap(needlesFor).map(({ name, bytes }) => [name, bytes] as const))(
		'finds %s',
		(name, bytes) => {
			expect(findLeaks(around(bytes), secrets)).toContain(`${name} is in a file`);
		}
	);

	test.each(cards)('finds the base64 of a text with a card number at any place', (card) => {
		for (const before of ['', 'a', 'ab', 'abc', '{"number":"']) {
			const text = Buffer.from(`${before}${card}","expiry":"12/34"}`);
			for (const encoding of ['base64', 'base64url'] as const) {
				const encoded = Buffer.from(text.toString(encoding));
				expect(findLeaks(around(encoded), secrets), before).not.toEqual([]);
			}
		}
	});

	test.each(['"code":"7391"', 'code=7391&name=x', 'cvc: 7391', '\x027391\x03', '[7391]', ' 7391'])(
		'finds the code in %j',
		(text) => {
			expect(findLeaks(around(Buffer.from(text)), secrets)).toEqual([
				'security code 1 is in a file'
			]);
		}
	);

	test.each(['base64', 'base64url', 'hex', 'utf16le'] as const)('finds the code in %s', (form) => {
		for (const before of ['', 'a', 'ab']) {
			const written = Buffer.from(`${before}{"code":"7391","name":"A. Payer"}`);
			const bytes = form === 'utf16le' ? utf16(written) : Buffer.from(written.toString(form));
			expect(findLeaks(around(bytes), secrets)).not.toEqual([]);
		}
	});
});

function utf16(text: Buffer): Buffer {
	return Buffer.from(text.toString(), 'utf16le');
}
