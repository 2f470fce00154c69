import {
	approveWithdrawal,
	rejectWithdrawal
} from '../../../../src/lib/server/payments/decide-withdrawal.ts';
import { findPayment } from '../../../../src/lib/server/payments/find-payment.ts';
import type { Payment } from '../../../../src/lib/server/payments/payment.ts';
import { refund } from '../../../../src/lib/server/payments/refund.ts';
import { isFinal } from '../../../../src/lib/server/payments/states.ts';
import type { Random } from '../../random.ts';
import { ask } from '../ask.ts';
import type { World } from '../world.ts';
import type { Visit } from './order.ts';

/** Looks that the shop's server takes at one order; the last long after all should be over. */
const LOOKS = 4;
const A_DAY_MS = 24 * 3_600_000;

/** The shop's server: asks how an order stands, decides withdrawals, gives money back. */
export async function watch(world: World, random: Random, visit: Visit): Promise<void> {
	const owner = { applicationId: world.merchant.application.id, mode: 'test' as const };
	for (let look = 1; ; look++) {
		const isLast = look >= LOOKS;
		await world.scheduler.sleep(isLast ? A_DAY_MS : random.whole(200_000), 'shop');
		const payment = await ask(world, 'status', ({ context }) =>
			findPayment(context, owner, visit.reference)
		);
		if (payment?.state === 'requested') await decide(world, random, payment);
		else if (payment && isFinal(payment.state)) {
			const { transactionId, state } = payment;
			world.told.push({ to: 'the shop', transactionId, states: [state] });
			if (payment.intent === 'deposit') await giveBack(world, random, payment);
			return;
		} else if (isLast && payment?.state === 'created') return;
		if (look > 40) return;
	}
}

/** Approves or rejects; some shops do both at once, and some say it again. */
async function decide(world: World, random: Random, payment: Payment): Promise<void> {
	const { transactionId } = payment;
	const approve = async () => {
		const now = await ask(world, 'approve', ({ context }) => approveWithdrawal(context, payment));
		if (!now) return;
		const states = ['succeeded', 'failed'];
		world.told.push({ to: 'the shop that approved', transactionId, states });
	};
	const reject = async () => {
		const now = await ask(world, 'reject', ({ context }) => rejectWithdrawal(context, payment));
		if (!now) return;
		world.told.push({ to: 'the shop that rejected', transactionId, states: ['rejected'] });
	};
	const calls = random.pick([
		[6, [approve]],
		[2, [reject]],
		[2, [approve, reject]],
		[2, [approve, approve]]
	]);
	await Promise.all(calls.map((call) => call()));
}

/** Refunds all or a part, at times twice under one reference or two at once. */
async function giveBack(world: World, random: Random, payment: Payment): Promise<void> {
	const { transactionId, state, amount } = payment;
	if (state !== 'succeeded' || !amount || !random.percent(50)) return;
	const orders = Array.from({ length: 1 + random.whole(3) }, (_, index) => ({
		transactionId,
		amount: random.percent(30) ? null : drawAmount(random, amount),
		reference: `refund-${index}`
	}));
	const asked = orders.flatMap((order) => (random.percent(30) ? [order, order] : [order]));
	await Promise.all(
		asked.map(async (order) => {
			for (let round = 0; round < 10; round++) {
				const done = await ask(world, 'refund', ({ context }) => refund(context, order));
				if (done || !random.percent(80)) return;
				await world.scheduler.sleep(random.whole(20_000), 'shop');
			}
		})
	);
}

/** Parts of the payment; the end of the amount decides what the acquirer does with it. */
function drawAmount(random: Random, amount: number): number {
	const part = 1 + random.whole(amount);
	const ending = random.pick([
		[4, part % 100],
		[1, 13],
		[1, 14],
		[1, 15]
	]);
	return Math.max(1, part - (part % 100) + (ending === 16 ? 17 : ending));
}
