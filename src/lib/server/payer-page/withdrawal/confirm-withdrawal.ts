import { planWithdrawal } from '$lib/server/payments/plan-withdrawal';
import { quoteLegs } from '$lib/server/payments/quote-legs';
import { requestWithdrawal } from '$lib/server/payments/request-withdrawal';
import { openDraft, type WithdrawalDraft } from '$lib/server/payments/withdrawal-draft';
import { pagePath, type WithdrawalNoticeName } from '../page-request';
import type { Scene } from '../scene';
import type { Submitted } from '../submit-form';
import { pathTo, type WithdrawalFields } from './submit-withdrawal';

/**
 * The payer's yes: asks the merchant for what was shown, and for nothing else. Where something has
 * changed since, nothing is asked for and the payer looks again.
 */
export async function confirmWithdrawal(
	scene: Scene,
	amount: number,
	values: WithdrawalFields
): Promise<Submitted> {
	const { context, session, payment, request } = scene;
	const draft = openDraft(context, payment, values.draft);
	const method = request.method ?? undefined;
	const back = (notice: WithdrawalNoticeName) => ({
		path: pathTo(scene, amount, { method, notice })
	});
	if (!draft) return back('timed_out');
	if (!(await stillHolds(scene, amount, draft))) return back('changed');
	const { kind } = await requestWithdrawal(context, {
		payment,
		attemptKey: values.attempt_key,
		legs: draft.legs,
		kycStatus: session.payer.kycStatus
	});
	switch (kind) {
		case 'requested':
			return { path: pagePath(request) };
		case 'limit_reached':
			return back('limit');
		case 'not_verified':
			return { path: pathTo(scene, amount) };
		default:
			return back(kind);
	}
}

/** Whether the split and the fees are those that the payer saw. Rates may move until it is sent. */
async function stillHolds(
	{ context, payment }: Scene,
	amount: number,
	{ legs, fee }: WithdrawalDraft
): Promise<boolean> {
	const plan = await planWithdrawal(context, payment, amount);
	const shown = legs.filter(({ sourceAttemptId }) => sourceAttemptId !== null);
	const shares = (all: WithdrawalDraft['legs']) =>
		all.map((leg) => `${leg.sourceAttemptId}:${leg.amount}`).join();
	const total = legs.reduce((sum, leg) => sum + leg.amount, 0);
	if (plan.blocked > 0) return false;
	if (total !== amount || shares(plan.origins) !== shares(shown)) return false;
	const quoted = await quoteLegs(context, payment, legs);
	return quoted?.reduce((sum, { terms }) => sum + terms.fee, 0) === fee;
}
