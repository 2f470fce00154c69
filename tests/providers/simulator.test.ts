import { describe, expect, test } from 'vitest';
import type { GuardedFetch } from '$lib/server/outgoing/guarded-fetch';
import { providerNamed } from '$lib/server/providers/index';
import { simulator } from '$lib/server/providers/simulator';
import { answerChallenge } from '$lib/server/simulator/challenge';
import { sendSimulatorMessages } from '$lib/server/simulator/send-messages';
import { describeOnEachEngine } from '../databases';
import { openSimulation, paymentWith } from '../simulator/open-simulation';
import { describeProviderContract, type ContractRig } from './contract';

describeOnEachEngine('simulator', (open) => {
	describeProviderContract(async (): Promise<ContractRig> => {
		const { context, call, received, advance, chargesOf } = await openSimulation(open);
		return {
			provider: simulator,
			call,
			cards: {
				approved: '4242 4242 4242 4242',
				declined: '4000 0000 0000 0002',
				challenged: '4000 0000 0000 3220',
				silentCharged: '4000 0000 0000 5019',
				silentLost: '4000 0000 0000 5027',
				garbledCharged: '4000 0000 0000 5035'
			},
			payment: (cardNumber, attemptId) => paymentWith(context, cardNumber, attemptId),
			charges: chargesOf,
			answerChallenge: (attemptId, answer) => answerChallenge(context, attemptId, answer),
			async notificationOf(attemptId) {
				advance(1_000);
				await sendSimulatorMessages(context);
				const message = received.find(({ body }) => body.includes(attemptId));
				if (!message) throw new Error('no notification came');
				return message;
			}
		};
	});

	test('the challenge page is our own and speaks the payer’s language', async () => {
		const { context, call } = await openSimulation(open);
		const payment = paymentWith(context, '4000 0000 0000 3220', 'attempt-1');
		const outcome = await simulator.payByCard(call, payment);
		const url = new URL(outcome.kind === 'action_required' ? outcome.action.url : 'none:');
		expect(url.origin).toBe(context.config.origin);
		expect(url.pathname).toMatch(/^\/simulator\/challenge\/[0-9a-f-]{36}$/);
		expect(url.searchParams.get('locale')).toBe('ar');
	});
});

describe('answers of the acquirer that are not to be believed', () => {
	const genuine = {
		payment_id: 'p1',
		attempt_id: 'a1',
		state: 'succeeded',
		amount: 1005,
		currency: 'EUR',
		reason: null,
		message: 'fine',
		challenge_path: null
	};
	const credentials = {
		base_url: 'http://acquirer.test',
		page_url: 'http://pages.test',
		api_key: 'key',
		notification_secret: 'secret'
	};

	function pay(body: unknown, { status = 200, truncated = false } = {}) {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const fetch: GuardedFetch = async () => ({
			status,
			headers: {},
			body: text,
			truncated
		});
		const call = { fetch, credentials, callbackUrl: 'http://back.test' };
		const config = { origin: 'http://pages.test' };
		const payment = paymentWith({ config } as never, '4242 4242 4242 4242', 'a1');
		return simulator.payByCard(call, payment);
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
		[
			'a challenge elsewhere',
			{ ...genuine, state: 'challenge', challenge_path: '//evil.test/' },
			{}
		],
		['a challenge nowhere', { ...genuine, state: 'challenge' }, {}]
	])('%s', async (_, body, response) => {
		expect(await pay(body, response)).toMatchObject({ kind: 'unknown' });
	});

	test('a decline for a reason that we do not know is a decline', async () => {
		const outcome = await pay({ ...genuine, state: 'declined', reason: 'new_word' });
		expect(outcome).toMatchObject({ kind: 'declined', reason: 'declined' });
	});
});

test('the registry knows its providers and nothing else', () => {
	expect(providerNamed('simulator')).toBe(simulator);
	expect(providerNamed('toString')).toBeUndefined();
	expect(providerNamed('__proto__')).toBeUndefined();
});
