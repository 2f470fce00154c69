import { expect, test } from 'vitest';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { describeOnEachEngine } from '../databases';
import { openSimulation, orderWith, paymentWith, payoutWith } from './open-simulation';

const paid = { kind: 'iban', iban: 'DE89370400440532013000', holder: 'Ada Payer' } as const;

describeOnEachEngine('an account’s temper', (open) => {
	async function openWith(temper: string) {
		const simulation = await openSimulation(open);
		const { call, context } = simulation;
		const moody = { ...call, credentials: { ...call.credentials, temper } };
		const card = paymentWith(context, '4242 4242 4242 4242', 'card');
		const voucher = { ...orderWith(context, 'voucher'), code: 'CASHNOTE-0000-1111' };
		const transfer = { ...orderWith(context, 'bank_transfer'), payUntil: 0 };
		const send = {
			card: () => simulator.payByCard(moody, card),
			redirect: () => simulator.payByRedirect(moody, orderWith(context, 'redirect')),
			bank_transfer: () => simulator.payByTransfer(moody, transfer),
			voucher: () => simulator.payByVoucher(moody, voucher),
			payout: () => simulator.payOut(moody, payoutWith(paid, 'payout'))
		};
		const rows = () => context.db.read.selectFrom('simulator_payments').selectAll().execute();
		return { ...simulation, moody, send, rows };
	}

	test('moody: declines all softly, and nothing moves', async () => {
		const { send, moody, rows } = await openWith('moody');
		for (const [attemptId, ask] of Object.entries(send)) {
			const outcome = await ask();
			const soft = { kind: 'declined', reason: 'processing_error', soft: true };
			expect(outcome, attemptId).toMatchObject(soft);
			const asked = { attemptId, providerReference: null };
			expect(await simulator.inquire(moody, asked)).toEqual(outcome);
		}
		expect((await rows()).map(({ charges }) => charges)).toEqual([0, 0, 0, 0, 0]);
	});

	test('silent: answers nothing, and there is nothing to be found', async () => {
		const { send, call, moody, rows } = await openWith('silent');
		for (const [attemptId, ask] of Object.entries(send)) {
			expect(await ask(), attemptId).toMatchObject({ kind: 'unknown' });
			const asked = { attemptId, providerReference: null };
			expect(await simulator.inquire(moody, asked)).toMatchObject({ kind: 'unknown' });
			expect(await simulator.inquire(call, asked)).toEqual({ kind: 'absent' });
		}
		expect(await rows()).toEqual([]);
	});

	test('steady: as without the word', async () => {
		const { send } = await openWith('steady');
		expect(await send.card()).toMatchObject({ kind: 'succeeded' });
	});
});
