import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import { withdrawalReleased } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Destination } from '$lib/server/providers/provider';
import type { Decision, Explanation } from '$lib/server/routing/decision';
import { chooseForLeg, isClosedForNow } from './choose-for-leg';
import { claimDue, workOrReport } from './claim-due';
import { continueWithdrawal, endLeg } from './continue-withdrawal';
import { openDestination, readLegs, type Leg } from './leg';
import type { Payment } from './payment';
import { readPayment } from './read-payment';
import { sendLeg } from './send-leg';
import { isOpenAttempt } from './states';

/** Longer than a provider has for its answer: a claimed withdrawal is sent by one worker. */
const LEASE_MS = 60_000;
/** How long to wait for an account that is closed for now, and for how long in all. */
const WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 72 * 3_600_000;

/**
 * Sends approved withdrawals to their payout providers, leg by leg. Returns how many were looked
 * at. A crash at any point is met by the lease: whoever looks next finds the leg waiting, or an
 * attempt whose outcome is asked for.
 */
export async function sendPayouts(context: Context): Promise<number> {
	const claimed = await claimDue(context, {
		atOnce: 20,
		due: (from, now) =>
			from.selectFrom('transactions').select('id').where('work_at', '<=', now).orderBy('work_at'),
		putOff: (tx, { id }, now) =>
			tx
				.updateTable('transactions')
				.set({ work_at: now + LEASE_MS })
				.where('id', '=', id)
				.execute()
	});
	const problem = 'a payout could not be sent';
	await Promise.all(
		claimed.map(({ id }) => workOrReport(context, () => sendNextLeg(context, id), problem))
	);
	return claimed.length;
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
	else if (mayWait(context, payment, decision.explanation)) await postpone(context, payment);
	else await giveLegUp(context, payment, leg, decision.explanation);
}

/**
 * The accounts for a leg at no more than the fee that the payer agreed to: those that have not
 * tried it, then, if there are none, those that could not be reached before. One that has declined
 * it is not asked again.
 */
async function chooseUntried(
	context: Context,
	payment: Payment,
	{ number, method, amount, fee }: Leg,
	destination: Destination
): Promise<Decision> {
	const decision = await chooseForLeg(context, payment, { method, amount, destination });
	const tried = await context.db.read
		.selectFrom('attempts')
		.select(['provider_account_id as id', 'reason'])
		.where('transaction_id', '=', payment.transactionId)
		.where('leg', '=', number)
		.execute();
	const agreed = decision.choices.filter(({ terms }) => fee === null || terms.fee <= fee);
	const without = (ids: number[]) => agreed.filter(({ account }) => !ids.includes(account.id));
	const untried = without(tried.map(({ id }) => id));
	const declined = tried.filter(({ reason }) => reason !== 'provider_unavailable');
	const [again] = without(declined.map(({ id }) => id));
	return { ...decision, choices: untried.length > 0 ? untried : again ? [again] : [] };
}

/** Whether an account would take it at another time, and that time has not lasted too long. */
function mayWait({ clock }: Context, { updatedAt }: Payment, explanation: Explanation): boolean {
	return isClosedForNow(explanation) && clock.now() - updatedAt < LONGEST_WAIT_MS;
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
