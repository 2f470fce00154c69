import { describe, expect, test } from 'vitest';
import type { GuardedFetch } from '$lib/server/outgoing/guarded-fetch';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { cardWith, paymentWith } from '../simulator/open-simulation';

describe('answers of the acquirer that are not to be believed', () => {
	const genuine = {
		payment_id: 'p1',
		attempt_id: 'a1',
		state: 'succeeded',
		amount: 1005,
		currency: 'EUR',
		reason: null,
		message: 'fine',
		kind: 'card',
		page_path: null,
		instructions: null,
		receipts: [],
		card_token: null
	};
	const credentials = {
		base_url: 'http://acquirer.test',
		page_url: 'http://pages.test',
		api_key: 'key',
		notification_secret: 'secret'
	};

	function answering(body: unknown, { status = 200, truncated = false } = {}) {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const fetch: GuardedFetch = async () => ({ status, headers: {}, body: text, truncated });
		return { fetch, credentials, callbackUrl: 'http://back.test' };
	}

	const shop = { config: { origin: 'http://pages.test' } } as never;

	function pay(body: unknown, response?: { status?: number; truncated?: boolean }) {
		const payment = paymentWith(shop, '4242 4242 4242 4242', 'a1');
		return simulator.payByCard(answering(body, response), payment);
	}

	test('the genuine one is believed', async () => {
		expect(await pay(genuine)).toMatchObject({ kind: 'succeeded', providerReference: 'p1' });
	});

	test.each([
		['another amount', { ...genuine, amount: 1006 }, {}],
		['another currency', { ...genuine, currency: 'USD' }, {}],
		['another attempt', { ...genuine, attempt_id: 'a2' }, {}],
		['a state that we do not know', { ...genuine, state: 'settled' }, {}],
		['a fraction of a cent', { ...genuine, amount: 1005.5 }, {}],
		['a decline of another amount', { ...genuine, state: 'declined', amount: 1 }, {}],
		['a server error', genuine, { status: 500 }],
		['a refused key', { error: { code: 'unauthorized', message: '' } }, { status: 401 }],
		[
			'a 404 where nothing was asked for',
			{ error: { code: 'payment_not_found' } },
			{ status: 404 }
		],
		['an answer cut off', genuine, { truncated: true }],
		['no JSON', '<html>', {}],
		['a challenge elsewhere', { ...genuine, state: 'challenge', page_path: '//evil.test/' }, {}],
		['a challenge nowhere', { ...genuine, state: 'challenge' }, {}],
		['a wallet elsewhere', { ...genuine, state: 'redirect', page_path: 'https://evil.test/' }, {}],
		['a transfer to nowhere', { ...genuine, state: 'awaiting' }, {}],
		[
			'a transfer to a field that we do not know',
			{
				...genuine,
				state: 'awaiting',
				instructions: { fields: [{ name: 'crypto', value: 'x' }], qr: null }
			},
			{}
		],
		['money that arrived for nothing', { ...genuine, receipts: [{ id: 'r', amount: 0 }] }, {}]
	])('%s', async (_, body, response) => {
		expect(await pay(body, response)).toMatchObject({ kind: 'unknown' });
	});

	test.each([
		['new_word', 'declined'],
		['unknown_token', 'invalid_card'],
		['account_closed', 'invalid_account']
	])('a decline because of %s is the payer’s affair', async (reason, said) => {
		const outcome = await pay({ ...genuine, state: 'declined', reason });
		expect(outcome).toMatchObject({ kind: 'declined', reason: said });
		expect(outcome).not.toHaveProperty('soft');
	});

	test.each(['processing_error', 'unknown_original'])(
		'a decline because of %s is this acquirer’s: another account may do better',
		async (reason) => {
			const outcome = await pay({ ...genuine, state: 'declined', reason });
			expect(outcome).toMatchObject({ kind: 'declined', reason: 'processing_error', soft: true });
		}
	);

	test.each([
		['an answer without a token', { tokens: [] }, 200],
		['a server error', { token: 't1' }, 500]
	])('%s keeps no card', async (_, body, status) => {
		const card = cardWith('4242 4242 4242 4242');
		const kept = await simulator.keepCard(answering(body, { status }), card);
		expect(kept).toEqual({ refused: expect.stringMatching(/\w/) });
	});

	test('a card is not sent twice to find out whether it was kept', async () => {
		let sent = 0;
		const fetch = async () => {
			sent++;
			throw new OutgoingError('timeout', 'no answer');
		};
		const call = { ...answering({}), fetch };
		const kept = await simulator.keepCard(call, cardWith('4242 4242 4242 4242'));
		expect(kept).toEqual({ refused: expect.stringMatching(/\w/) });
		expect(sent).toBe(1);
	});
});
