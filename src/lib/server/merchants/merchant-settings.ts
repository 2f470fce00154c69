import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import { MAX_AMOUNT } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Intent, Mode } from '$lib/server/db/schema';
import { BusinessError, type FieldError } from '$lib/server/errors';

/** What a merchant decides for all of its payers in one mode. */
export interface MerchantSettings {
	limits: LimitRule[];
	/** The statuses with which a payer may go on. A status that is not known counts as `none`. */
	kyc: Record<Intent, KycStatus[]>;
	/** Withdrawals up to this amount are approved by themselves: minor units by currency. */
	autoApprove: Record<string, number>;
	/** Money goes back first to the instruments that deposits came from. */
	closedLoop: boolean;
	/** A withdrawal beyond the available balance is refused. */
	refuseBeyondBalance: boolean;
}

/** How much a payer may move in a period. One rule an intent, method, currency and period. */
export interface LimitRule {
	intent: Intent;
	/** The name of a method; null: all methods together. */
	method: string | null;
	/** Counts what is moved in this currency only. */
	currency: string;
	/** UTC: days from midnight, weeks from Monday, calendar months. */
	period: 'day' | 'week' | 'month';
	/** Minor units; null: any amount. */
	amount: number | null;
	/** How many payments; null: any number. */
	uses: number | null;
}

const kycStatuses = ['passed', 'pending', 'failed', 'none'] as const;

export type KycStatus = (typeof kycStatuses)[number];

const defaults: MerchantSettings = {
	limits: [],
	kyc: { deposit: [...kycStatuses], withdrawal: ['passed', 'pending', 'none'] },
	autoApprove: {},
	closedLoop: false,
	refuseBeyondBalance: false
};

const minorUnits = z
	.int({ error: 'must be a whole number of minor units' })
	.min(0, 'must not be below 0')
	.max(MAX_AMOUNT, `must be at most ${MAX_AMOUNT}`);

const currency = z
	.string({ error: 'must be text' })
	.refine(isCurrency, 'must be a currency of ISO 4217');

const limitRule = z
	.strictObject({
		intent: z.enum(['deposit', 'withdrawal'], { error: 'must be deposit or withdrawal' }),
		method: z
			.string({ error: 'must be the name of a method, or null for all' })
			.regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be the name of a method, or null for all')
			.nullable(),
		currency,
		period: z.enum(['day', 'week', 'month'], { error: 'must be day, week or month' }),
		amount: minorUnits.nullable(),
		uses: z
			.int({ error: 'must be a whole number' })
			.min(0, 'must not be below 0')
			.max(1_000_000, 'must be at most 1000000')
			.nullable()
	})
	.refine(({ amount, uses }) => amount !== null || uses !== null, 'must limit amount or uses');

const kycList = z
	.array(z.enum(kycStatuses, { error: 'must be passed, pending, failed or none' }), {
		error: 'must be a list'
	})
	.max(kycStatuses.length, `must have at most ${kycStatuses.length} entries`);

const flag = z.boolean({ error: 'must be true or false' });

/** Each rule costs a statement in the transaction that sends a payment. */
const MAX_RULES = 50;

const merchantSettings = z.strictObject({
	limits: z
		.array(limitRule, { error: 'must be a list' })
		.max(MAX_RULES, `must have at most ${MAX_RULES} rules`)
		.superRefine(refuseRepeated),
	kyc: z.strictObject({ deposit: kycList, withdrawal: kycList }),
	autoApprove: z.record(currency, minorUnits, { error: 'must be amounts by currency' }),
	closedLoop: flag,
	refuseBeyondBalance: flag
}) satisfies z.ZodType<MerchantSettings>;

/** Rules for the same thing would count in one place, and the tighter would win unseen. */
function refuseRepeated(rules: LimitRule[], check: z.RefinementCtx<LimitRule[]>): void {
	const seen = new Set<string>();
	rules.forEach(({ intent, method, currency, period }, index) => {
		const key = `${intent} ${method} ${currency} ${period}`;
		if (seen.has(key)) {
			const message = 'repeats a rule of the same intent, method, currency and period';
			check.addIssue({ code: 'custom', path: [index], message });
		}
		seen.add(key);
	});
}

/** How long settings are remembered: a change holds everywhere within this time. */
const REMEMBERED_MS = 500;
const MAX_REMEMBERED = 10_000;

interface Remembered {
	settings: MerchantSettings;
	readAt: number;
}

const remembered = new WeakMap<Context['db'], Map<string, Remembered>>();

/**
 * The settings of a merchant in a mode; the defaults where nothing was saved. Remembered for half a
 * second, so they may be that old, and shared among callers, who must not change them.
 */
export async function readMerchantSettings(
	context: Context,
	merchantId: string,
	mode: Mode
): Promise<MerchantSettings> {
	const now = context.clock.now();
	const key = keyOf(merchantId, mode);
	const known = rememberedIn(context).get(key);
	if (known && Math.abs(now - known.readAt) < REMEMBERED_MS) return known.settings;
	const row = await context.db.read
		.selectFrom('merchant_settings')
		.select('settings')
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.executeTakeFirst();
	const saved = row ? (JSON.parse(row.settings) as Partial<MerchantSettings>) : {};
	const settings = { ...defaults, ...saved };
	const map = rememberedIn(context);
	if (map.size >= MAX_REMEMBERED) map.clear();
	map.set(key, { settings, readAt: now });
	return settings;
}

/**
 * Replaces the settings of a merchant in a mode.
 * @throws BusinessError `invalid` that names each faulty field (`limits.0.amount`) and its rule
 */
export async function saveMerchantSettings(
	context: Context,
	tx: Tx,
	merchantId: string,
	mode: Mode,
	settings: MerchantSettings
): Promise<void> {
	const parsed = merchantSettings.safeParse(settings);
	if (!parsed.success) {
		const fields = parsed.error.issues.flatMap(fieldErrors).slice(0, MAX_FAULTS);
		throw new BusinessError('invalid', 'The settings have faulty fields', { fields });
	}
	const text = JSON.stringify(parsed.data);
	await tx
		.insertInto('merchant_settings')
		.values({ merchant_id: merchantId, mode, settings: text })
		.onConflict((conflict) =>
			conflict.columns(['merchant_id', 'mode']).doUpdateSet({ settings: text })
		)
		.execute();
	rememberedIn(context).delete(keyOf(merchantId, mode));
}

const MAX_FAULTS = 50;

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
	const path = issue.path.map(String);
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({
			field: [...path, key.slice(0, 100)].join('.'),
			message: 'is not known'
		}));
	}
	const isObject = issue.code === 'invalid_type' && issue.expected === 'object';
	const inner = issue.code === 'invalid_key' ? issue.issues[0] : undefined;
	const message = isObject ? 'must be an object' : (inner ?? issue).message;
	return [{ field: path.join('.').slice(0, 200) || 'settings', message }];
}

function rememberedIn({ db }: Context): Map<string, Remembered> {
	let map = remembered.get(db);
	if (!map) remembered.set(db, (map = new Map()));
	return map;
}

function keyOf(merchantId: string, mode: Mode): string {
	return `${mode}:${merchantId}`;
}
