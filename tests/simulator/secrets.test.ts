import { expect, test } from 'vitest';
import { simulator } from '$lib/server/providers/simulator/simulator';
import type { Destination } from '$lib/server/providers/provider';
import { describeOnEachEngine } from '../databases';
import {
	cardWith,
	openSimulation,
	orderWith,
	paymentWith,
	payoutWith,
	type Simulation
} from './open-simulation';

describeOnEachEngine('what the acquirer keeps', (open) => {
	async function allRows({ context: { db } }: Simulation): Promise<string> {
		const tables = [
			'simulator_payments',
			'simulator_messages',
			'simulator_cards',
			'simulator_refunds'
		] as const;
		const rows = await Promise.all(
			tables.map((table) => db.read.selectFrom(table).selectAll().execute())
		);
		return JSON.stringify(rows).replaceAll(' ', '');
	}

	test('no card number, security code or name', async () => {
		const simulation = await openSimulation(open);
		const { context, call } = simulation;
		for (const number of ['4242 4242 4242 4242', '4000 0000 0000 0002', '4539578763621486']) {
			const payment = paymentWith(context, number, number.slice(-4));
			await simulator.payByCard(call, { ...payment, keepCard: true });
			await simulator.keepCard(call, cardWith(number));
		}
		const text = await allRows(simulation);
		expect(text).toContain('card_');
		for (const secret of ['424242424242', '400000000000', '453957876362', '"737"', 'AdaPayer']) {
			expect(text).not.toContain(secret);
		}
	});

	test('of an account or a voucher no more than its last four letters', async () => {
		const simulation = await openSimulation(open);
		const { context, call } = simulation;
		const holder = 'Ada Payer';
		const destinations: Destination[] = [
			{ kind: 'iban', iban: 'DE89370400440532013000', holder },
			{ kind: 'iban', iban: 'DE00370400440532013000', holder },
			{ kind: 'local_account', country: 'GB', bankCode: '208899', number: '55779911', holder },
			{ kind: 'wallet', wallet: 'slow@pebble.example' },
			{ kind: 'phone', phone: '+4915112345678' }
		];
		for (const [at, destination] of destinations.entries()) {
			const { kind } = await simulator.payOut(call, payoutWith(destination, `a${at}`));
			expect(['succeeded', 'pending', 'declined']).toContain(kind);
		}
		const voucher = { ...orderWith(context, 'voucher'), code: 'CASHNOTE-0000-1111' };
		await simulator.payByVoucher(call, voucher);
		const text = await allRows(simulation);
		expect(text).toContain('1111');
		const secrets = ['40044053', '5577', '208899', 'slow@', '1512345', 'CASHNOTE', 'AdaPayer'];
		for (const secret of secrets) expect(text, secret).not.toContain(secret);
	});

	test('no return address in the clear, and none where no page takes part', async () => {
		const simulation = await openSimulation(open);
		const { context, call } = simulation;
		await simulator.payByRedirect(call, orderWith(context, 'a1'));
		await simulator.payByTransfer(call, { ...orderWith(context, 'a2'), payUntil: 0 });
		expect(await allRows(simulation)).not.toContain('/pay/token');
		const rows = await context.db.read
			.selectFrom('simulator_payments')
			.select('return_url_sealed')
			.orderBy('attempt_id')
			.execute();
		expect(rows).toEqual([{ return_url_sealed: expect.any(String) }, { return_url_sealed: null }]);
	});
});
