import { beforeEach, describe, expect, test } from 'vitest';
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { load as find } from '../../src/routes/(simulator)/simulator/bank/+page.server';
import {
	actions,
	load
} from '../../src/routes/(simulator)/simulator/bank/[reference]/+page.server';
import { offers } from '../../src/routes/(simulator)/simulator/bank/[reference]/offers';
import { describeOnEachEngine } from '../databases';
import { openSimulation, orderWith, type Simulation } from './open-simulation';

describe('what the bank offers to send', () => {
	test.each([
		[1005, 0, [1005, 502, 1106]],
		[1005, 1000, [5, 2, 6]],
		[1005, 1005, [1005]],
		[1005, 2000, [1005]],
		[1, 0, [1, 2]],
		[999_999_999_999_999, 0, [999_999_999_999_999, 499_999_999_999_999]]
	])('%i asked, %i there', (asked, received, amounts) => {
		expect(offers({ asked, received }).map(({ amount }) => amount)).toEqual(amounts);
	});
});

describeOnEachEngine('the page of bank transfers', (open) => {
	let simulation: Simulation;
	let reference: string;
	const locals: Partial<App.Locals> = {};
	beforeEach(async () => {
		simulation = await openSimulation(open);
		const order = { ...orderWith(simulation.context, 'a1'), payUntil: 0 };
		await simulator.payByTransfer(simulation.call, order);
		const row = await simulation.context.db.read
			.selectFrom('simulator_payments')
			.select('reference')
			.executeTakeFirstOrThrow();
		reference = String(row.reference);
	});

	function event(path: string, fields?: Record<string, string>) {
		const url = new URL(path, 'http://localhost');
		const body = fields && { method: 'POST', body: new URLSearchParams(fields) };
		return {
			locals: Object.assign(locals, { context: simulation.context }),
			params: { reference: decodeURIComponent(url.pathname.split('/').at(-1) ?? '') },
			url,
			request: new Request(url, body),
			setHeaders: () => undefined
		} as never;
	}

	const here = (query = '') => `/simulator/bank/${reference}${query}`;
	const view = (query = '?locale=en') => Promise.resolve(load(event(here(query))));
	const send = (fields: Record<string, string>) =>
		Promise.resolve(actions.default?.(event(here('?locale=en'), fields))).catch(
			(error: unknown) => error
		);
	const received = async () => {
		const asked = { attemptId: 'a1', providerReference: null };
		const outcome = await simulator.inquire(simulation.call, asked);
		return outcome.kind === 'received'
			? outcome.receipts.map((receipt) => receipt.amount.amount)
			: outcome.kind;
	};

	test('a reference leads to its page, however it is typed', async () => {
		const typed = encodeURIComponent(reference.toLowerCase().replaceAll('-', ' '));
		const answer = await Promise.resolve(
			find(event(`/simulator/bank?locale=en&reference=${typed}`))
		).catch((error: unknown) => error);
		expect(isRedirect(answer) && answer.location).toBe(here('?locale=en'));
	});

	test('a reference that nobody was told is said to be none', async () => {
		const answer = await find(event('/simulator/bank?locale=en&reference=CD-0000-0000'));
		expect(answer).toMatchObject({ problem: expect.stringContaining('no transfer') });
		expect(await find(event('/simulator/bank?locale=en'))).toMatchObject({ problem: undefined });
		reference = 'CD-0000-0000';
		const missing = await view().catch((error: unknown) => error);
		expect(isHttpError(missing) && missing.status).toBe(404);
	});

	test('shows what was asked for, in the payer’s language where no other is wanted', async () => {
		expect(await view()).toMatchObject({
			facts: [
				{ value: '€10.05' },
				{ value: 'Cashdesk Simulator' },
				{ value: 'DE34999999990000001742' },
				{ value: reference }
			],
			receipts: [],
			choices: [{ value: '1005' }, { value: '502' }, { value: '1106' }]
		});
		await view('');
		expect(locals).toMatchObject({ locale: 'ar', direction: 'rtl' });
	});

	test('sends what is offered and what is typed, several times', async () => {
		const sent = await send({ offer: '502' });
		expect(isRedirect(sent) && sent.location).toBe(here('?locale=en'));
		simulation.advance(1);
		await send({ amount: '1.10' });
		simulation.advance(1);
		await send({ amount: '3,93' });
		expect(await received()).toEqual([502, 110, 393]);
		expect(await view()).toMatchObject({
			receipts: [{ amount: '€5.02' }, { amount: '€1.10' }, { amount: '€3.93' }]
		});
	});

	test('sends to a transfer that was called off, and says so', async () => {
		const asked = { attemptId: 'a1', providerReference: null };
		await simulator.cancel(simulation.call, asked);
		expect(await view()).toMatchObject({ isCanceled: true });
		await send({ offer: '1005' });
		expect(await received()).toEqual([1005]);
	});

	test.each([
		[{ amount: '' }],
		[{ amount: '0' }],
		[{ amount: 'much' }],
		[{ amount: '1.005' }],
		[{ offer: '-5' }],
		[{ offer: '0' }],
		[{ offer: '9'.repeat(16) }]
	])('refuses %j in words', async (fields) => {
		expect(await send(fields as Record<string, string>)).toMatchObject({
			status: 400,
			data: { problem: expect.stringMatching(/\w/) }
		});
		expect(await received()).toBe('action_required');
	});
});
