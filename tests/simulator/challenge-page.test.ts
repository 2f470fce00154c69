import { beforeEach, expect, test } from 'vitest';
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { actions, load } from '../../src/routes/(simulator)/simulator/challenge/[id]/+page.server';
import { describeOnEachEngine } from '../databases';
import { openSimulation, paymentWith, type Simulation } from './open-simulation';

describeOnEachEngine('the bank’s page', (open) => {
	let simulation: Simulation;
	let address: URL;
	beforeEach(async () => {
		simulation = await openSimulation(open);
		const { context, call } = simulation;
		const payment = paymentWith(context, '4000 0000 0000 3220', 'a1');
		const outcome = await simulator.payByCard(call, payment);
		const action = outcome.kind === 'action_required' ? outcome.action : undefined;
		if (action?.type !== 'challenge') throw new Error('no challenge');
		address = new URL(action.url);
	});

	const locals: Partial<App.Locals> = {};

	function event(url: URL, choice?: string) {
		const body =
			choice === undefined ? {} : { method: 'POST', body: new URLSearchParams({ choice }) };
		return {
			locals: Object.assign(locals, { context: simulation.context }),
			params: { id: url.pathname.split('/').at(-1) ?? '' },
			url,
			request: new Request(url, body),
			setHeaders: () => undefined
		} as never;
	}

	const view = (url = address) => Promise.resolve(load(event(url)));
	const choose = (choice: string) => Promise.resolve(actions.default?.(event(address, choice)));
	const stateOf = () =>
		simulator.inquire(simulation.call, { attemptId: 'a1', providerReference: null });

	async function whereTo(answer: Promise<unknown>): Promise<string> {
		const thrown = await answer.then(
			() => undefined,
			(error: unknown) => error
		);
		if (!isRedirect(thrown)) throw new Error('led nowhere');
		expect(thrown.status).toBe(303);
		return thrown.location;
	}

	test('asks in the payer’s language, and in English when told to', async () => {
		expect(await view()).toMatchObject({ cardLast4: '3220', isSilent: false });
		expect(locals).toMatchObject({ locale: 'ar', direction: 'rtl' });
		address.searchParams.set('locale', 'en');
		expect(await view()).toMatchObject({
			amount: '€10.05',
			texts: { bank: 'Simulated bank' }
		});
		expect(locals).toMatchObject({ locale: 'en', direction: 'ltr' });
	});

	test.each([
		['approve', { kind: 'succeeded' }, 1],
		['fail', { kind: 'declined', reason: 'authentication_failed' }, 0],
		['cancel', { kind: 'declined', reason: 'authentication_canceled' }, 0]
	])('%s commits and leads back', async (choice, outcome, charges) => {
		const back = `${simulation.context.config.origin}/pay/token/return`;
		expect(await whereTo(choose(choice))).toBe(back);
		expect(await stateOf()).toMatchObject(outcome);
		expect(await simulation.chargesOf('a1')).toBe(charges);
		expect(await whereTo(view())).toBe(back);
	});

	test('a second answer changes nothing and leads back all the same', async () => {
		await whereTo(choose('fail'));
		expect(await whereTo(choose('approve'))).toMatch(/\/return$/);
		expect(await stateOf()).toMatchObject({ kind: 'declined' });
		expect(await simulation.chargesOf('a1')).toBe(0);
	});

	test('approve pressed many times at once charges once', async () => {
		await Promise.all(Array.from({ length: 20 }, () => whereTo(choose('approve'))));
		expect(await simulation.chargesOf('a1')).toBe(1);
	});

	test('never answer: leads to the silent page, in the same language, undecided', async () => {
		const location = await whereTo(choose('silent'));
		expect(await view(new URL(location, address))).toMatchObject({ isSilent: true });
		expect(locals.locale).toBe('ar');
		expect(await stateOf()).toMatchObject({ kind: 'action_required' });
	});

	test('once called off it leads back', async () => {
		await simulator.cancel(simulation.call, { attemptId: 'a1', providerReference: null });
		expect(await whereTo(view())).toMatch(/\/return$/);
	});

	test('a challenge that isn’t there, a choice that isn’t one', async () => {
		const status = async (answer: Promise<unknown>) =>
			answer.then(
				() => 0,
				(error: unknown) => (isHttpError(error) ? error.status : -1)
			);
		expect(await status(choose('everything'))).toBe(400);
		address.pathname = '/simulator/challenge/none';
		expect(await status(view())).toBe(404);
		expect(await status(choose('approve'))).toBe(404);
	});
});
