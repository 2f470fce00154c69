import type { Payment } from '../../../../src/lib/server/payments/payment.ts';
import { readPaymentOfSession } from '../../../../src/lib/server/payments/read-payment.ts';
import { settleOpenAttempt } from '../../../../src/lib/server/payments/settle-attempt.ts';
import { answerChallenge } from '../../../../src/lib/server/simulator/challenge.ts';
import { creditTransfer } from '../../../../src/lib/server/simulator/transfers.ts';
import { answerWallet } from '../../../../src/lib/server/simulator/wallet.ts';
import type { Random } from '../../random.ts';
import { ask } from '../ask.ts';
import { count, type World } from '../world.ts';

/** What a payer does at the bank, in the wallet or with a transfer, and the way back from there. */
export async function goElsewhere(world: World, random: Random, payment: Payment): Promise<void> {
	const { attempt } = payment;
	if (!attempt) return;
	await world.scheduler.pass('elsewhere');
	if (attempt.kind === 'bank_transfer') return transfer(world, random, attempt);
	if (attempt.kind === 'redirect') {
		const choice = random.pick([
			[5, 'pay'],
			[2, 'decline'],
			[2, 'cancel'],
			[2, 'later'],
			[3, 'attest'],
			[2, 'reverse'],
			[2, 'leave']
		] as const);
		count(world, `wallet: ${choice}`);
		if (choice === 'leave') return;
		await answerWallet(world.acquirer, attempt.id, choice);
	} else {
		const choice = random.pick([
			[5, 'approve'],
			[2, 'fail'],
			[2, 'cancel'],
			[2, 'leave']
		] as const);
		count(world, `challenge: ${choice}`);
		if (choice === 'leave') return;
		await answerChallenge(world.acquirer, attempt.id, choice);
	}
	if (random.percent(20)) return;
	await ask(world, 'return', async ({ context }) =>
		settleOpenAttempt(context, await readPaymentOfSession(context, payment.sessionId))
	);
}

/** One credit or several, of the exact amount, less or more, soon or long after. */
async function transfer(
	world: World,
	random: Random,
	{ id, amount }: { id: string; amount: number }
): Promise<void> {
	const kind = random.pick([
		[4, 'exact'],
		[2, 'in two'],
		[2, 'short'],
		[2, 'over'],
		[1, 'twice'],
		[2, 'none']
	] as const);
	count(world, `transfer: ${kind}`);
	const part = 1 + random.whole(amount - 1);
	const credits: Record<typeof kind, number[]> = {
		exact: [amount],
		'in two': [part, amount - part],
		short: [part],
		over: [amount + 1 + random.whole(500)],
		twice: [amount, amount],
		none: []
	};
	for (const credit of credits[kind]) {
		// Banks are slow; some money comes when nobody waits for it any more.
		const afterMs = random.percent(10) ? random.whole(5 * 24 * 3_600_000) : random.whole(60_000);
		await world.scheduler.sleep(afterMs, 'bank');
		await creditTransfer(world.acquirer, id, credit);
	}
}
