import { z } from 'zod';
import { digitsOf, isCurrency } from '$lib/money/currencies';
import { parseDecimal, type DecimalProblem } from '$lib/money/decimal';
import { BusinessError, type FieldError } from '$lib/server/errors';
import type { JsonValue } from '$lib/server/http/read-strict-json';
import { readOrigin } from '$lib/server/merchants/origin';
import { checkResolvedAddress } from '$lib/server/outgoing/check-address';
import type { Order } from '$lib/server/sessions/open-session';
import type { CashierCaller } from './auth';
import {
	birthDate,
	countryCode,
	decimal,
	digits,
	ipAddress,
	localeTag,
	object,
	reference,
	text,
	wholeNumber
} from './request-fields';

const settings = z.strictObject({
	return_url: text(2048).optional(),
	success_url: text(2048).optional(),
	failure_url: text(2048).optional(),
	cancel_url: text(2048).optional(),
	webhook_url: text(2048).optional(),
	locale: localeTag.optional(),
	methods: z
		.array(z.literal('card', { error: 'is not a method' }))
		.min(1)
		.max(20)
		.optional(),
	preset_amounts: z.array(decimal, { error: 'must be a list of amounts' }).min(1).max(6).optional(),
	expires_in: wholeNumber(300, 86_400).optional(),
	description: text(255).optional()
});

const customer = z.object({
	first_name: text(128).optional(),
	last_name: text(128).optional(),
	email: z.email('must be an e-mail address').max(254).optional(),
	zip_code: reference(20).optional(),
	address: text(255).optional(),
	city: text(128).optional(),
	dob: birthDate.optional(),
	country_code: countryCode.optional(),
	phone: object(
		z.object({
			country: countryCode.optional(),
			number: digits(15).optional(),
			prefix: digits(4).optional()
		})
	).optional(),
	kyc_status: z
		.enum(['passed', 'pending', 'failed', 'none'], {
			error: 'must be passed, pending, failed or none'
		})
		.optional(),
	max_deposit_limit: decimal.optional()
});

const cashierRequest = z.object({
	request: object(
		z.object({
			mode: z.enum(['test', 'live'], { error: 'must be test or live' }),
			theme: z.enum(['light', 'dark', 'auto'], { error: 'must be light, dark or auto' }).optional(),
			settings: object(settings).optional(),
			user_id: reference(128),
			tracking_id: text(128),
			ip: ipAddress.optional(),
			amount: decimal.optional(),
			currency: z
				.string({ error: 'must be text' })
				.refine(isCurrency, 'must be a currency in capital letters (ISO 4217)'),
			amount_restricted: z.boolean({ error: 'must be true or false' }).optional(),
			customer: object(customer).optional()
		})
	)
});

type CashierRequest = z.infer<typeof cashierRequest>['request'];

const DEFAULT_SECONDS = 3600;

/**
 * Reads the body of `POST /cashier` into what the core orders. Throws `invalid` with every faulty
 * field, or `wrong_mode` for a key of the other mode.
 */
export async function readCashierRequest(caller: CashierCaller, body: JsonValue): Promise<Order> {
	const parsed = cashierRequest.safeParse(body);
	if (!parsed.success) throw invalid(parsed.error.issues.flatMap(fieldErrors));
	const { request } = parsed.data;
	if (request.mode !== caller.mode) {
		throw new BusinessError('wrong_mode', `This key is for ${caller.mode} mode`);
	}
	const faults: FieldError[] = [...checkReturns(caller, request)];
	faults.push(...(await checkWebhook(caller, request)));
	const amounts = readAmounts(request, faults);
	if (faults.length > 0) throw invalid(faults);
	const { settings = {} } = request;
	return {
		mode: request.mode,
		intent: 'deposit',
		currency: request.currency,
		...amounts,
		payerReference: request.user_id,
		reference: request.tracking_id,
		customer: request.customer ?? null,
		payerIp: request.ip ?? null,
		description: settings.description ?? null,
		returnAddresses: {
			return: settings.return_url,
			success: settings.success_url,
			failure: settings.failure_url,
			cancel: settings.cancel_url
		},
		webhookUrl: settings.webhook_url ?? null,
		locale: settings.locale ?? null,
		theme: request.theme ?? 'auto',
		methods: settings.methods ?? null,
		expiresIn: settings.expires_in ?? DEFAULT_SECONDS
	};
}

/** More than anybody mends at once; a body may hold thousands of unknown keys. */
const MAX_FAULTS = 100;

/** Of each field the first rule that it breaks. */
function invalid(faults: FieldError[]): BusinessError {
	const first = new Map<string, FieldError>();
	for (const fault of faults) if (!first.has(fault.field)) first.set(fault.field, fault);
	const fields = [...first.values()].slice(0, MAX_FAULTS);
	return new BusinessError('invalid', 'The request has faulty fields', { fields });
}

/** A zod issue as path and rule. An unknown key is named itself, not the object it lies in. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
	const field = issue.path.join('.');
	if (issue.code === 'unrecognized_keys') {
		return issue.keys
			.slice(0, MAX_FAULTS)
			.map((key) => ({ field: `${field}.${key.slice(0, 100)}`, message: 'is not known' }));
	}
	// Zod tells a wrong type of a field that should be an object, or is not there, in words of its own.
	const message =
		issue.code === 'invalid_type' && issue.expected === 'object'
			? 'must be an object'
			: issue.message;
	return [{ field: field || 'request', message }];
}

type Amounts = Pick<
	Order,
	'amount' | 'amountEditable' | 'lowestAmount' | 'highestAmount' | 'presetAmounts'
>;

/** Amounts in minor units; what is wrong with them is added to `faults`. */
function readAmounts(request: CashierRequest, faults: FieldError[]): Amounts {
	const digitCount = digitsOf(request.currency);
	const read = (field: string, written: string | undefined): number | null => {
		if (written === undefined) return null;
		const amount = parseDecimal(written, digitCount);
		if (typeof amount === 'number' && amount > 0) return amount;
		const message =
			typeof amount === 'number'
				? 'must be more than 0'
				: sentenceOf(amount, request.currency, digitCount);
		faults.push({ field: `request.${field}`, message });
		return null;
	};
	const amount = read('amount', request.amount);
	const highestAmount = read('customer.max_deposit_limit', request.customer?.max_deposit_limit);
	const presets = request.settings?.preset_amounts?.map((written, index) =>
		read(`settings.preset_amounts.${index}`, written)
	);
	if (request.amount_restricted && request.amount === undefined) {
		faults.push({ field: 'request.amount', message: 'must be there where it is restricted' });
	}
	if (amount !== null && highestAmount !== null && amount > highestAmount) {
		faults.push({
			field: 'request.amount',
			message: 'must not be more than customer.max_deposit_limit'
		});
	}
	return {
		amount,
		amountEditable: !request.amount_restricted,
		lowestAmount: null,
		highestAmount,
		presetAmounts: presets?.filter((preset) => preset !== null) ?? null
	};
}

function sentenceOf(problem: DecimalProblem, currency: string, digitCount: number): string {
	switch (problem) {
		case 'not_a_number':
			return 'must be a decimal such as 10.05, without sign or exponent';
		case 'too_many_decimals':
			return `must have at most ${digitCount} decimals in ${currency}`;
		case 'too_large':
			return 'must be at most 15 digits in minor units';
	}
}

/** Where the payer is returned to: origins on the application's list. */
function* checkReturns(
	{ application, mode }: CashierCaller,
	{ settings = {} }: CashierRequest
): Generator<FieldError> {
	for (const name of ['return_url', 'success_url', 'failure_url', 'cancel_url'] as const) {
		const address = settings[name];
		if (address === undefined) continue;
		const origin = readOrigin(address, mode);
		const field = `request.settings.${name}`;
		if (!origin) {
			yield { field, message: 'must be an https address (in test mode also http on localhost)' };
		} else if (!mayReturnTo(application.returnOrigins, origin, mode)) {
			yield { field, message: `${origin} is not on the application's list of return origins` };
		}
	}
}

/** Where webhooks go: nowhere inside, as far as can be told now; each delivery looks again. */
async function checkWebhook(
	{ mode, context }: CashierCaller,
	{ settings = {} }: CashierRequest
): Promise<FieldError[]> {
	if (settings.webhook_url === undefined) return [];
	const allowLoopback = mode === 'test' && !context.config.live;
	const message = await checkResolvedAddress(settings.webhook_url, { allowLoopback });
	return message ? [{ field: 'request.settings.webhook_url', message }] : [];
}

/** An empty list allows none in live mode and any in test mode (security.md, *Incoming*). */
function mayReturnTo(origins: string[], origin: string, mode: 'test' | 'live'): boolean {
	return origins.includes(origin) || (origins.length === 0 && mode === 'test');
}
