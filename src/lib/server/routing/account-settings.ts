import { z } from 'zod';
import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Intent } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import { checkSettings, refusal } from '$lib/server/merchants/check-settings';
import { providerNamed } from '$lib/server/providers/index';
import type { Provider } from '$lib/server/providers/provider';
import { anyOf, countryCode, currencyCode, intent, listOf, methodName, minorUnits } from './fields';
import type { OpeningHours } from './opening-hours';

/** What a merchant lets a provider account be used for. The defaults restrict nothing. */
export interface AccountSettings {
	/** Names of methods; null: all that the provider offers. */
	methods: string[] | null;
	/** Currencies the provider moves; null: all, so that nothing is ever converted. */
	currencies: string[] | null;
	/** Countries of payers, ISO 3166 alpha-2; null: all. An unknown country passes only then. */
	countries: string[] | null;
	/** Takes other currencies than `currencies` too: it then moves the first of them. */
	converts: boolean;
	limits: AmountLimit[];
	/** All that fit add up. */
	fees: Fee[];
	/** The fee for converting: a percentage, as decimal text, of the converted amount. */
	fxPercent: string;
	/** When payments may begin; null: always. */
	hours: OpeningHours | null;
	/** When they may not: milliseconds since 1970, `until` not included. */
	maintenance: { from: number; until: number }[];
}

/**
 * The least and the most of one payment, minor units. In the payment's currency they bound what the
 * payer enters; in the account's, where that is another one, what the provider moves.
 */
export interface AmountLimit {
	/** Null: every method. */
	method: string | null;
	/** Null: both. */
	intent: Intent | null;
	currency: string;
	lowest: number | null;
	highest: number | null;
}

interface Fee {
	/** Null: every method. */
	method: string | null;
	/** Null: both. */
	intent: Intent | null;
	/** The payment's currency; null: any, for a fee without a fixed part. */
	currency: string | null;
	/** Minor units of `currency`. */
	fixed: number;
	/** Of what the payer enters, decimal text such as "1.5". */
	percent: string;
	bearer: 'payer' | 'merchant';
}

const defaults: AccountSettings = {
	methods: null,
	currencies: null,
	countries: null,
	converts: true,
	limits: [],
	fees: [],
	fxPercent: '0',
	hours: null,
	maintenance: []
};

const percent = z
	.string({ error: 'must be a decimal in text such as "1.5"' })
	.regex(
		/^(0|[1-9]\d?)(\.\d{1,6})?$|^100$/,
		'must be a decimal from 0 to 100 with at most 6 decimals'
	);

const limit = z
	.strictObject({
		method: methodName.nullable(),
		intent: intent.nullable(),
		currency: currencyCode,
		lowest: minorUnits.nullable(),
		highest: minorUnits.nullable()
	})
	.refine(({ lowest, highest }) => lowest !== null || highest !== null, {
		error: 'must have a lowest or a highest amount'
	})
	.refine(({ lowest, highest }) => lowest === null || highest === null || lowest <= highest, {
		error: 'must not be below lowest',
		path: ['highest']
	});

const fee = z
	.strictObject({
		method: methodName.nullable(),
		intent: intent.nullable(),
		currency: currencyCode.nullable(),
		fixed: minorUnits,
		percent,
		bearer: z.enum(['payer', 'merchant'], { error: 'must be payer or merchant' })
	})
	.refine(({ fixed, currency }) => fixed === 0 || currency !== null, {
		error: 'must be there for a fixed fee',
		path: ['currency']
	});

const timeOfDay = z
	.string({ error: 'must be a time as HH:MM' })
	.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as HH:MM');

const dayRule = 'must be a day from 1 (Monday) to 7';

const hours = z.strictObject({
	days: listOf(z.int({ error: dayRule }).min(1, dayRule).max(7, dayRule), 7),
	from: timeOfDay,
	until: timeOfDay,
	timeZone: z.string({ error: 'must be text' }).refine(isTimeZone, 'must be a time zone (IANA)')
}) satisfies z.ZodType<OpeningHours>;

const momentRule = 'must be milliseconds since 1970';
const moment = z.int({ error: momentRule }).min(0, momentRule);

const maintenance = z
	.strictObject({ from: moment, until: moment })
	.refine(({ from, until }) => from < until, { error: 'must be after from', path: ['until'] });

const accountSettings = z.strictObject({
	methods: listOf(methodName, 50).nullish().default(null),
	currencies: listOf(currencyCode, 200).nullish().default(null),
	countries: listOf(countryCode, 250).nullish().default(null),
	converts: z.boolean({ error: 'must be true or false' }).default(defaults.converts),
	limits: anyOf(limit, 100),
	fees: anyOf(fee, 100),
	fxPercent: percent.default(defaults.fxPercent),
	hours: hours.nullish().default(null),
	maintenance: anyOf(maintenance, 50)
}) satisfies z.ZodType<AccountSettings>;

/** Intl takes offsets (`+02:00`) as well, which know no summer time and are refused. */
function isTimeZone(name: string): boolean {
	if (!/^[A-Za-z]/.test(name)) return false;
	try {
		return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

/** The settings in a row of `provider_accounts`, which were checked when they were saved. */
export function readAccountSettings(text: string): AccountSettings {
	return { ...defaults, ...(JSON.parse(text) as Partial<AccountSettings>) };
}

/**
 * Replaces an account's settings; what is left out restricts nothing. Maintenance that is over is
 * dropped. Whose account it is, the caller has checked.
 * @throws BusinessError `invalid` that names each faulty field (`fees.0.percent`) and its rule,
 *   `not_found` for an id without an account
 */
export async function saveAccountSettings(
	context: Context,
	tx: Tx,
	accountId: number,
	settings: Partial<AccountSettings>
): Promise<void> {
	const checked = checkSettings(accountSettings, settings, 'provider account');
	const account = await tx
		.selectFrom('provider_accounts')
		.select('provider')
		.where('id', '=', accountId)
		.executeTakeFirst();
	if (!account) throw new BusinessError('not_found', 'There is no such provider account');
	refuseUnknownMethods(checked, providerNamed(account.provider));
	const now = context.clock.now();
	const ahead = checked.maintenance.filter(({ until }) => until > now);
	await tx
		.updateTable('provider_accounts')
		.set({ settings: JSON.stringify({ ...checked, maintenance: ahead }) })
		.where('id', '=', accountId)
		.execute();
}

/** A name with a slip in it would turn a method off, or a limit, and nobody would see why. */
function refuseUnknownMethods(
	{ methods, limits, fees }: AccountSettings,
	provider: Provider | undefined
): void {
	if (!provider) return;
	const named: [field: string, method: string | null][] = [
		...(methods ?? []).map((name, index): [string, string] => [`methods.${index}`, name]),
		...limits.map(({ method }, index): [string, string | null] => [
			`limits.${index}.method`,
			method
		]),
		...fees.map(({ method }, index): [string, string | null] => [`fees.${index}.method`, method])
	];
	const fields = named
		.filter(
			([, method]) => method !== null && !provider.methods.some(({ name }) => name === method)
		)
		.map(([field]) => ({ field, message: 'must be a method of the provider' }));
	if (fields.length > 0) throw refusal('provider account', fields);
}
