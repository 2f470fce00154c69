import { attemptKey } from '../../../../src/lib/server/payments/attempt-key.ts';
import type { NewLeg } from '../../../../src/lib/server/payments/leg.ts';
import type { Payment } from '../../../../src/lib/server/payments/payment.ts';
import { planWithdrawal } from '../../../../src/lib/server/payments/plan-withdrawal.ts';
import { readPaymentOfSession } from '../../../../src/lib/server/payments/read-payment.ts';
import { requestWithdrawal } from '../../../../src/lib/server/payments/request-withdrawal.ts';
import type { Random } from '../../random.ts';
import { ask } from '../ask.ts';
import { countForm, type World } from '../world.ts';

type Account = Pick<NewLeg, 'method' | 'kind' | 'destination'>;

const holder = 'Ada Payer';
const bank = (iban: string): Account => ({
	method: 'bank',
	kind: 'bank_payout',
	destination: { kind: 'iban', iban, holder }
});
const wallet = (name: string): Account => ({
	method: 'wallet_payout',
	kind: 'wallet_payout',
	destination: { kind: 'wallet', wallet: `${name}@pebble.example` }
});

/** Where payouts go, and how often; see the simulator's payout rules. */
const accounts = [
	[8, bank('DE89370400440532013000')],
	[3, bank('GB29NWBK60161331926819')],
	[3, bank('FR1420041010050500013M02606')],
	[3, bank('NL91ABNA0417164300')],
	[3, bank('ES9121000418450200051332')],
	[3, bank('IT60X0542811101000000123456')],
	[3, bank('AT611904300234573201')],
	[3, bank('BE68539007547034')],
	[3, wallet('paid')],
	[2, wallet('hang')]
] as const;

/** Asks for money, some twice. */
export async function requestMoney(world: World, random: Random, shown: Payment): Promise<void> {
	const account = random.pick(accounts);
	const presses = random.percent(20) ? 2 : 1;
	await Promise.all(
		Array.from({ length: presses }, () =>
			ask(world, 'request', async ({ context }) => {
				const payment = await readPaymentOfSession(context, shown.sessionId);
				const amount = payment.amount ?? 0;
				const { origins, rest, blocked } = await planWithdrawal(context, payment, amount);
				if (blocked > 0) return 'blocked';
				const leg = { ...account, amount: rest, label: 'an account', sourceAttemptId: null };
				const { kind } = await requestWithdrawal(context, {
					payment,
					attemptKey: attemptKey(context, shown.transactionId, shown.tries + 1),
					legs: rest > 0 ? [...origins, leg] : origins,
					kycStatus: 'passed'
				});
				if (kind === 'requested') countForm(world, payment.transactionId);
				return kind;
			})
		)
	);
}
