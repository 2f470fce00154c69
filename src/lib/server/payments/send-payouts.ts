import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import { withdrawalReleased } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import { describeError } from '$lib/server/log/describe-error';
import type { Destination } from '$lib/server/providers/provider';
import type { Decision, Explanation } from '$lib/server/routing/decision';
import { chooseForLeg, isClosedForNow } from './choose-for-leg';
import { continueWithdrawal, endLeg } from './continue-withdrawal';
import { openDestination, readLegs, type Leg } from './leg';
import type { Payment } from './payment';
import { readPayment } from './read-payment';
import { sendLeg } from './send-leg';
import { isOpenAttempt } from './states';

const AT_ONCE = 20;
/** Longer than a provider has for its answer: a claimed withdrawal is sent by one worker. */
const LEASE_MS = 60_000;
/** How long to wait for an account that is closed for now. */
const WAIT_MS = 5 * 60_000;

/**
 * Sends approved withdrawals to their payout providers, leg by leg. Returns how many were looked at.
 * A crash at any point is met by the lease: whoever looks next finds the leg waiting, or an attempt
 * whose outcome is asked for.
 */
export async function sendPayouts(context: Context): Promise<number> {
	const claimed = await claim(context);
	await Promise.all(
		claimed.map(async (id) => {
			try {
				await sendNextLeg(context, id);
			} catch (error) {
				context.log.error('a payout could not be sent', { error: describeError(error) });
			}
		})
	);
	return claimed.length;
}

async function claim({ db, clock }: Context): Promise<string[]> {
	const now = clock.now();
	const isDue = await db.read
		.selectFrom('transactions')
		.select('id')
		.where('work_at', '<=', now)
		.limit(1)
		.executeTakeFirst();
	if (!isDue) return [];
	return db.inTransaction(async (tx) => {
		const due = await tx
			.selectFrom('transactions')
			.select('id')
			.where('work_at', '<=', now)
			.orderBy('work_at')
			.limit(AT_ONCE)
			.$if(db.engine === 'postgres', (query) => query.forUpdate().skipLocked())
			.execute();
		for (const { id } of due) {
			const lease = { work_at: now + LEASE_MS };
			await tx.updateTable('transactions').set(lease).where('id', '=', id).execute();
		}
		return due.map(({ id }) => id);
	});
}

async function sendNextLeg(context: Context, transactionId: string): Promise<void> {
	const payment = await readPayment(context.db.read, transactionId);
	if (!payment || (payment.state !== 'approved' && payment.state !== 'pending')) return;
	if (payment.attempt && isOpenAttempt(payment.attempt.state)) return;
	const legs = await readLegs(context.db.read, transactionId);
	const leg = legs.find(({ state }) => state === 'waiting');
	if (!leg) return;
	const destination = await openDestination(context, transactionId, leg.number);
	const decision = await chooseUntried(context, payment, leg, destination);
	const [choice] = decision.choices;
	if (choice) await sendLeg(context, { payment, leg, destination, choice, decision });
	else if (isClosedForNow(decision.explanation)) await postpone(context, payment);
	else await giveLegUp(context, payment, leg, decision.explanation);
}

/** The accounts for a leg, without those that have tried it. */
async function chooseUntried(
	context: Context,
	payment: Payment,
	leg: Leg,
	destination: Destination
): Promise<Decision> {
	const { transactionId } = payment;
	const { method, amount } = leg;
	const decision = await chooseForLeg(context, payment, { method, amount, destination });
	const tried = await context.db.read
		.selectFrom('attempts')
		.select('provider_account_id')
		.where('transaction_id', '=', transactionId)
		.where('leg', '=', leg.number)
		.execute();
	const ids = new Set(tried.map(({ provider_account_id }) => provider_account_id));
	return { ...decision, choices: decision.choices.filter(({ account }) => !ids.has(account.id)) };
}

async function postpone(context: Context, { transactionId }: Payment): Promise<void> {
	await context.db.inTransaction((tx) =>
		tx
			.updateTable('transactions')
			.set({ work_at: context.clock.now() + WAIT_MS })
			.where('id', '=', transactionId)
			.where('state', 'in', ['approved', 'pending'])
			.execute()
	);
}

/** No account takes it: what was reserved for it is available again. */
async function giveLegUp(
	context: Context,
	payment: Payment,
	{ number, amount }: Leg,
	explanation: Explanation
): Promise<void> {
	const { transactionId, merchantId, mode, currency } = payment;
	const reason = 'provider_unavailable';
	const reasonMessage = 'No provider account takes this payout';
	const end = { state: 'failed', reason, reasonMessage } as const;
	const entries = withdrawalReleased({ currency, amount });
	const posting = `leg:${number}:released`;
	try {
		await context.db.inTransaction(async (tx) => {
			await endLeg(tx, transactionId, number, end);
			await post(context, tx, { merchantId, mode, transactionId, posting, entries });
			const told = {
				kind: 'leg_failed',
				reason,
				reasonMessage,
				snapshot: { explanation }
			} as const;
			await continueWithdrawal(context, tx, payment, told);
		});
	} catch (error) {
		if (!(error instanceof ConflictError)) throw error;
	}
}
