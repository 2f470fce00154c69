import type { z } from 'zod';
import { digitsOf } from '$lib/money/currencies';
import { parseDecimal, type DecimalProblem } from '$lib/money/decimal';
import { BusinessError, type FieldError } from '$lib/server/errors';
import type { JsonValue } from '$lib/server/http/read-strict-json';
import { checkReturnAddress, checkWebhookAddress } from '$lib/server/merchants/check-addresses';
import type { Order } from '$lib/server/sessions/open-session';
import type { CashierCaller } from './auth';
import { faultsOf, invalid } from '$lib/server/http/faults';
import type { OrderFields } from './request-shapes';

const DEFAULT_SECONDS = 3600;

/**
 * The `request` of a body, its fields checked one by one. Throws `invalid` with every faulty field,
 * those in `faults` among them, or `wrong_mode` for a key of the other mode.
 */
export function readFields<Fields extends OrderFields>(
	caller: CashierCaller,
	shape: z.ZodType<{ request: Fields }>,
	{ body, faults = [] }: { body: JsonValue; faults?: FieldError[] }
): Fields {
	const parsed = shape.safeParse(body);
	if (!parsed.success) throw invalid([...faultsOf(parsed.error), ...faults]);
	const { request } = parsed.data;
	if (request.mode !== caller.mode) {
		throw new BusinessError('wrong_mode', `This key is for ${caller.mode} mode`);
	}
	return request;
}

/** What the core orders. The rules between fields, and with what is set up, add to `faults`. */
export async function readOrder(
	caller: CashierCaller,
	request: OrderFields,
	{ intent, faults }: { intent: Order['intent']; faults: FieldError[] }
): Promise<Order> {
	faults.push(...checkReturns(caller, request));
	faults.push(...(await checkWebhook(caller, request)));
	const amounts = readAmounts(request, faults);
	const { settings = {} } = request;
	return {
		mode: request.mode,
		intent,
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

type Amounts = Pick<
	Order,
	'amount' | 'amountEditable' | 'lowestAmount' | 'highestAmount' | 'presetAmounts'
>;

/** Amounts in minor units; what is wrong with them is added to `faults`. */
function readAmounts(request: OrderFields, faults: FieldError[]): Amounts {
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

/** Where the payer is returned to. */
function* checkReturns(
	{ application, mode }: CashierCaller,
	{ settings = {} }: OrderFields
): Generator<FieldError> {
	for (const name of ['return_url', 'success_url', 'failure_url', 'cancel_url'] as const) {
		const address = settings[name];
		const message = address === undefined ? null : checkReturnAddress(application, mode, address);
		if (message) yield { field: `request.settings.${name}`, message };
	}
}

async function checkWebhook(
	{ mode, context }: CashierCaller,
	{ settings = {} }: OrderFields
): Promise<FieldError[]> {
	if (settings.webhook_url === undefined) return [];
	const message = await checkWebhookAddress(context, mode, settings.webhook_url);
	return message ? [{ field: 'request.settings.webhook_url', message }] : [];
}
