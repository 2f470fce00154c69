import { beforeEach, expect, test } from 'vitest';
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { actions, load } from '../../src/routes/(simulator)/simulator/wallet/[id]/+page.server';
import { describeOnEachEngine } from '../databases';
import { openSimulation, orderWith, type Simulation } from './open-simulation';

describeOnEachEngine('the wallet’s page', (open) => {
	let simulation: Simulation;
	let address: URL;
	const locals: Partial<App.Locals> = {};
	beforeEach(async () => {
		simulation = await openSimulation(open);
		const outcome = await simulator.payByRedirect(
			simulation.call,
			orderWith(simulation.context, 'a1')
		);
		const action = outcome.kind === 'action_required' ? outcome.action : undefined;
		if (action?.type !== 'redirect') throw new Error('led nowhere');
		address = new URL(action.url);
	});

	function event(choice?: string) {
		const body =
			choice === undefined ? {} : { method: 'POST', body: new URLSearchParams({ choice }) };
		return {
			locals: Object.assign(locals, { context: simulation.context }),
			params: { id: address.pathname.split('/').at(-1) ?? '' },
			url: address,
			request: new Request(address, body),
			setHeaders: () => undefined
		} as never;
	}

	const view = () => Promise.resolve(load(event()));
	const choose = (choice: string) => Promise.resolve(actions.default?.(event(choice)));
	const stateOf = () =>
		simulator.inquire(simulation.call, { attemptId: 'a1', providerReference: null });
	const thrownBy = (answer: Promise<unknown>) =>
		answer.then(
			() => undefined,
			(error: unknown) => error
		);

	async function whereTo(answer: Promise<unknown>): Promise<string> {
		const thrown = await thrownBy(answer);
		if (!isRedirect(thrown)) throw new Error('led nowhere');
		return thrown.location;
	}

	test('asks in the payer’s language, with the amount', async () => {
		expect(await view()).toMatchObject({ brand: 'Pebble Wallet', amount: expect.any(String) });
		expect(locals).toMatchObject({ locale: 'ar', direction: 'rtl' });
		address.searchParams.set('locale', 'en');
		expect(await view()).toMatchObject({ amount: '€10.05' });
	});

	test.each([
		['pay', { kind: 'succeeded' }, 1],
		['decline', { kind: 'declined', reason: 'insufficient_funds' }, 0],
		['cancel', { kind: 'canceled' }, 0],
		['later', { kind: 'pending' }, 0]
	])('%s commits and leads back; a second answer changes nothing', async (choice, is, charges) => {
		const back = `${simulation.context.config.origin}/pay/token/return`;
		expect(await whereTo(choose(choice))).toBe(back);
		expect(await whereTo(choose(choice === 'pay' ? 'decline' : 'pay'))).toBe(back);
		if (choice !== 'later') expect(await whereTo(choose('later'))).toBe(back);
		expect(await stateOf()).toMatchObject(is);
		expect(await simulation.chargesOf('a1')).toBe(charges);
		expect(await whereTo(view())).toBe(back);
	});

	test('pressed many times at once it is charged once', async () => {
		await Promise.all(Array.from({ length: 20 }, () => whereTo(choose('pay'))));
		expect(await simulation.chargesOf('a1')).toBe(1);
	});

	test('a payment that isn’t there, a choice that isn’t one', async () => {
		const status = async (answer: Promise<unknown>) => {
			const thrown = await thrownBy(answer);
			return isHttpError(thrown) ? thrown.status : 0;
		};
		expect(await status(choose('everything'))).toBe(400);
		address.pathname = '/simulator/wallet/none';
		expect(await status(view())).toBe(404);
		expect(await status(choose('pay'))).toBe(404);
	});
});
