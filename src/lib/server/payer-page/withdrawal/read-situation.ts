import { availableMethods, type OfferedMethod } from '$lib/server/payments/available-methods';
import { planWithdrawal, type WithdrawalPlan } from '$lib/server/payments/plan-withdrawal';
import { chosenOf, readChoices, type Choices } from '../read-choices';
import type { Scene } from '../scene';

/** How a payer's withdrawal can go, once the amount is known. */
export interface Situation {
	/** Minor units of the session's currency. */
	amount: number;
	plan: WithdrawalPlan;
	/** The ways for the rest of the plan; for no rest, the ways back to where deposits came from. */
	choices: Choices;
	/** The way for the rest; null: not chosen yet, or not needed. */
	method: OfferedMethod | null;
	/** What keeps the payer from withdrawing at all. */
	barrier: 'not_verified' | 'limit_reached' | null;
}

/** Reads all of it; `name` is the method that an address or a form names. */
export async function readSituation(
	scene: Scene,
	amount: number,
	name: string | null
): Promise<Situation> {
	const { context, payment } = scene;
	const plan = await planWithdrawal(context, payment, amount);
	const choices =
		plan.rest > 0 ? await readChoices(scene, plan.rest) : await waysBack(scene, amount, plan);
	return {
		amount,
		plan,
		choices,
		method: plan.rest > 0 ? (chosenOf(choices, name)?.method ?? null) : null,
		barrier: barrierOf(choices.methods)
	};
}

async function waysBack(
	{ context, session, payment }: Scene,
	amount: number,
	{ origins }: WithdrawalPlan
): Promise<Choices> {
	const { application, mode, intent, currency, payer } = session;
	const methods = await availableMethods(context, {
		merchantId: application.merchantId,
		mode,
		intent,
		transactionId: payment.transactionId,
		amount,
		currency,
		payer,
		methods: [...new Set(origins.map(({ method }) => method))]
	});
	return { methods, kept: [] };
}

/** What stands against every method, so that it is said once; null: nothing does. */
export function barrierOf(methods: OfferedMethod[]): Situation['barrier'] {
	const barriers = ['not_verified', 'limit_reached'] as const;
	const isOnAll = (barrier: string) => methods.every(({ because }) => because === barrier);
	return methods.length === 0 ? null : (barriers.find(isOnAll) ?? null);
}
