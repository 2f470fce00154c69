import type { Context } from '$lib/server/context';
import type { Intent, Mode } from '$lib/server/db/schema';
import { readLimits, type LimitsLeft } from '$lib/server/limits/read-limits';
import { readMerchantSettings } from '$lib/server/merchants/merchant-settings';
import { listMethods, type MethodView } from '$lib/server/routing/list-methods';
import type { PayerFacts } from './payer-facts';

/** A method as a payer meets it: what it costs, how much it takes, and why it can't be used now. */
export interface OfferedMethod extends Omit<MethodView, 'because'> {
	/** Why it cannot be used; null: it can. */
	because: MethodView['because'] | 'limit_reached' | 'not_verified';
	/** What the merchant's limits leave this payer, minor units; null: no limit. */
	left: LimitsLeft;
}

interface Wanted {
	merchantId: string;
	mode: Mode;
	intent: Intent;
	transactionId: string;
	/** Minor units of `currency`; null: not chosen yet. */
	amount: number | null;
	currency: string;
	payer: PayerFacts;
	/** Names the session allows; null: all. */
	methods: string[] | null;
}

/**
 * Every method of the merchant's accounts for an intent, within what the session allows. None is
 * left out for being unusable: the payer is told why.
 */
export async function availableMethods(context: Context, wanted: Wanted): Promise<OfferedMethod[]> {
	const { merchantId, mode, intent, currency, amount, payer, methods: names } = wanted;
	const settings = await readMerchantSettings(context, merchantId, mode);
	const isVerified = settings.kyc[intent].includes(payer.kycStatus ?? 'none');
	const views = await listMethods(context, { ...wanted, names });
	return Promise.all(
		views.map(async (view) => {
			const use = { merchantId, mode, intent, currency, payerReference: payer.reference };
			const left = await readLimits(context, settings.limits, { ...use, method: view.name });
			const isOver = amount !== null && left.highest !== null && amount > left.highest;
			const reached = left.exceeded !== null || isOver;
			const own = !isVerified ? 'not_verified' : reached ? 'limit_reached' : null;
			return { ...view, usable: view.usable && own === null, because: view.because ?? own, left };
		})
	);
}
