import { beforeEach, describe, expect, test } from 'vitest';
import { answerChallenge } from '$lib/server/simulator/challenge';
import { handleAcquirerRequest } from '$lib/server/simulator/handle-acquirer-request';
import { describeOnEachEngine } from '../databases';
import { openSimulation, wireOrder, type Simulation } from './open-simulation';

describeOnEachEngine('the acquirer’s API', (open) => {
	let simulation: Simulation;
	beforeEach(async () => {
		simulation = await openSimulation(open);
	});

	async function ask(method: string, path: string, body: unknown = undefined, key?: string) {
		const { api_key } = simulation.call.credentials;
		const answer = await handleAcquirerRequest(simulation.context, {
			method,
			path,
			headers: new Headers({ authorization: `Bearer ${key ?? api_key}` }),
			body: typeof body === 'string' ? body : JSON.stringify(body ?? null)
		});
		if (answer === 'hang') return { status: 0, content: 'hang' as unknown };
		return { status: answer.status, content: JSON.parse(answer.body) as unknown };
	}

	const order = (cardNumber: string, attemptId = 'a1') =>
		wireOrder(simulation, cardNumber, attemptId);

	const rows = () =>
		simulation.context.db.read.selectFrom('simulator_payments').selectAll().execute();

	test('another key is refused and nothing is recorded', async () => {
		const order4242 = order('4242 4242 4242 4242');
		expect(await ask('POST', '/payments', order4242, 'wrong')).toMatchObject({ status: 401 });
		expect(await ask('GET', '/payments/a1', undefined, '')).toMatchObject({ status: 401 });
		expect(await rows()).toEqual([]);
	});

	test('what was never seen is not found, in words', async () => {
		expect(await ask('GET', '/payments/a1')).toEqual({
			status: 404,
			content: {
				error: {
					code: 'payment_not_found',
					message: 'No payment ever arrived under this attempt id.'
				}
			}
		});
	});

	test('the answer states the rule', async () => {
		const { content } = await ask('POST', '/payments', order('4000 0000 0000 0002'));
		expect(content).toMatchObject({
			state: 'declined',
			reason: 'declined',
			message: 'The test card ending in 0002 is always declined.',
			card: { brand: 'visa', last4: '0002' }
		});
	});

	test('a hundred equal requests at once: each is counted, one charges', async () => {
		const answers = await Promise.all(
			Array.from({ length: 100 }, () => ask('POST', '/payments', order('4242 4242 4242 4242')))
		);
		expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
		expect(await rows()).toMatchObject([{ state: 'succeeded', charges: 1, requests: 100 }]);
	});

	test('hangs and garbage happen once; the repeat gets what is stored', async () => {
		for (const number of ['4000 0000 0000 5019', '4000 0000 0000 5035']) {
			const attemptId = number.slice(-4);
			await ask('POST', '/payments', order(number, attemptId)).catch(() => undefined);
			const { status, content } = await ask('POST', '/payments', order(number, attemptId));
			expect(status).toBe(200);
			expect(content).toMatchObject({ state: 'succeeded', attempt_id: attemptId });
		}
		expect((await rows()).map(({ charges }) => charges)).toEqual([1, 1]);
	});

	test('the lost request leaves no trace', async () => {
		const answer = await ask('POST', '/payments', order('4000 0000 0000 5027'));
		expect(answer.content).toBe('hang');
		expect(await rows()).toEqual([]);
	});

	test('another order under the same id is refused', async () => {
		await ask('POST', '/payments', order('4242 4242 4242 4242'));
		for (const other of [
			{ ...order('4242 4242 4242 4242'), amount: 1006 },
			{ ...order('4242 4242 4242 4242'), currency: 'USD' },
			order('4111 1111 1111 1111')
		]) {
			expect(await ask('POST', '/payments', other)).toMatchObject({ status: 409 });
		}
		expect(await rows()).toMatchObject([{ amount: 1005, currency: 'EUR', charges: 1 }]);
	});

	describe('an order is refused whole', () => {
		test.each([
			['for no JSON', () => '{'],
			['for a fraction', () => ({ ...order('4242 4242 4242 4242'), amount: 10.5 })],
			['for nothing', () => ({ ...order('4242 4242 4242 4242'), amount: 0 })],
			['for no currency', () => ({ ...order('4242 4242 4242 4242'), currency: 'XXX' })],
			['for another kind', () => ({ ...order('4242 4242 4242 4242'), kind: 'cheque' })],
			['for a field too much', () => ({ ...order('4242 4242 4242 4242'), more: 1 })],
			[
				'for a return to somewhere else',
				() => ({ ...order('4242 4242 4242 4242'), return_url: 'http://evil.test/pay' })
			],
			[
				'for a callback that is no web address',
				() => ({ ...order('4242 4242 4242 4242'), callback_url: 'file:///etc/hosts' })
			]
		])('%s', async (_, body) => {
			expect(await ask('POST', '/payments', body())).toMatchObject({ status: 422 });
			expect(await rows()).toEqual([]);
		});
	});

	test('a token is told once the card was charged, and not before', async () => {
		const keeping = { ...order('4000 0000 0000 3220'), keep_card: true };
		const { content } = await ask('POST', '/payments', keeping);
		expect(content).toMatchObject({ state: 'challenge', card_token: null });
		await answerChallenge(simulation.context, 'a1', 'approve');
		expect((await ask('GET', '/payments/a1')).content).toMatchObject({
			card_token: expect.stringMatching(/^card_[\w-]{32}$/)
		});
	});

	test('there is no other call', async () => {
		for (const [method, path] of [
			['GET', '/payments'],
			['DELETE', '/payments/a1'],
			['GET', '/payments/a1/cancel'],
			['POST', '/payments/a1'],
			['POST', '/payments/a%2Fb/cancel'],
			['POST', '/refunds/r1/cancel'],
			['GET', '/payouts/a1'],
			['GET', '/cards/t1'],
			['POST', '/']
		] as const) {
			expect(await ask(method, path), `${method} ${path}`).toMatchObject({ status: 404 });
		}
		expect(await rows()).toEqual([]);
	});
});
