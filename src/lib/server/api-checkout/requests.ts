import type { z } from 'zod';
import type { Context } from '$lib/server/context';
import type { FieldError } from '$lib/server/errors';
import { faultsOf, invalid } from '$lib/server/http/faults';
import type { JsonValue } from '$lib/server/http/read-strict-json';
import type { Application } from '$lib/server/merchants/application';
import { checkReturnAddress, checkWebhookAddress } from '$lib/server/merchants/check-addresses';
import { readOrigin } from '$lib/server/merchants/origin';
import { findPaymentApplication } from '$lib/server/merchants/read-payment-applications';
import type { PaymentApplicationFacts } from '$lib/server/merchants/write-payment-applications';
import { MOST_PAGED } from '$lib/server/payments/page-payments';
import type { Order } from '$lib/server/sessions/open-session';
import type { CheckoutCaller } from './auth';
import { shapes } from './request-shapes';
import type { CheckoutFacts } from './views';

const MINUTE_MS = 60_000;
const LEAST_MS = 5 * MINUTE_MS;
const MOST_MS = 7 * 24 * 60 * MINUTE_MS;
const DEFAULT_SECONDS = 3600;

function readShape<Fields>(shape: z.ZodType<Fields>, body: JsonValue): Fields {
	const parsed = shape.safeParse(body);
	if (!parsed.success) throw invalid(faultsOf(parsed.error, 'body'));
	return parsed.data;
}

/**
 * The body of `POST /api/payment/checkout`, and the application that it names. Like the readers
 * below it throws `invalid` with every faulty field.
 */
export async function readCheckout(
	caller: CheckoutCaller,
	body: JsonValue
): Promise<{ application: Application; order: Order }> {
	const wanted = readShape(shapes.checkout, body);
	const { amount, currencyCode: currency, redirectUrl, expiresAt } = wanted;
	const faults: FieldError[] = [];
	const application = await findOrdered(caller, wanted.clientId);
	if (!application) {
		faults.push({ field: 'clientId', message: 'is no application of yours in this mode' });
	}
	const currencies = application?.currencies ?? null;
	if (currencies && !currencies.includes(currency)) {
		const message = `is not taken by this application, which takes ${currencies.join(', ')}`;
		faults.push({ field: 'currencyCode', message });
	}
	const wayBack = redirectUrl && application;
	const fault = wayBack && checkReturnAddress(application, caller.mode, redirectUrl);
	if (fault) faults.push({ field: 'redirectUrl', message: fault });
	faults.push(...checkEnd(caller.context, expiresAt ?? null));
	if (faults.length > 0 || !application) throw invalid(faults);
	const { settlementCurrencyCode = null } = wanted;
	const facts: CheckoutFacts = { settlementCurrencyCode };
	return {
		application,
		order: {
			mode: caller.mode,
			intent: 'deposit',
			amount,
			currency,
			amountEditable: false,
			lowestAmount: null,
			highestAmount: null,
			presetAmounts: null,
			payerReference: null,
			reference: wanted.reference,
			customer: null,
			payerIp: null,
			description: wanted.referenceLabel,
			returnAddresses: redirectUrl ? { return: redirectUrl } : {},
			webhookUrl: null,
			locale: null,
			theme: 'auto',
			methods: null,
			expiresIn: DEFAULT_SECONDS,
			expiresAt: expiresAt ?? undefined,
			dialectData: facts
		}
	};
}

/** A client token opens payments of its own application only. */
async function findOrdered(
	{ context, merchantId, mode, application }: CheckoutCaller,
	clientId: string
): Promise<Application | undefined> {
	if (application) return application.clientId === clientId ? application : undefined;
	return findPaymentApplication(context, { merchantId, mode }, { clientId });
}

function* checkEnd({ clock }: Context, expiresAt: number | null): Generator<FieldError> {
	if (expiresAt === null) return;
	const ahead = expiresAt - clock.now();
	if (ahead >= LEAST_MS && ahead <= MOST_MS) return;
	yield { field: 'expiresAt', message: 'must be from 5 minutes to 7 days ahead' };
}

/** The body of `POST /api/payment-applications`. */
export async function readNewApplication(
	caller: CheckoutCaller,
	body: JsonValue
): Promise<{ facts: PaymentApplicationFacts; secret: string }> {
	const { secret, callbackUrl, currencyWhitelist, ...wanted } = readShape(shapes.application, body);
	const addresses = { url: wanted.url, callbackUrl };
	await refuseAddresses(caller, addresses);
	const { allowUnderpay = false, allowOverpay = false } = wanted;
	const facts = {
		...wanted,
		allowUnderpay,
		allowOverpay,
		webhookUrl: callbackUrl ?? null,
		currencies: currencyWhitelist ?? []
	};
	return { facts, secret };
}

/** The body of `PUT /api/payment-applications/{id}`. */
export async function readApplicationChange(
	caller: CheckoutCaller,
	body: JsonValue
): Promise<{ facts: Partial<PaymentApplicationFacts>; secret?: string }> {
	const wanted = readShape(shapes.applicationChange, body);
	const { secret, callbackUrl: webhookUrl, currencyWhitelist: currencies, ...others } = wanted;
	await refuseAddresses(caller, { url: others.url, callbackUrl: webhookUrl });
	return { facts: { ...others, webhookUrl, currencies }, secret };
}

async function refuseAddresses(
	{ context, mode }: CheckoutCaller,
	{ url, callbackUrl }: { url?: string; callbackUrl?: string | null }
): Promise<void> {
	const faults: FieldError[] = [];
	if (url !== undefined && readOrigin(url, mode) === undefined) {
		const message = 'must be an https address (in test mode also http on localhost)';
		faults.push({ field: 'url', message });
	}
	const fault = callbackUrl && (await checkWebhookAddress(context, mode, callbackUrl));
	if (fault) faults.push({ field: 'callbackUrl', message: fault });
	if (faults.length > 0) throw invalid(faults);
}

/** The body of `POST /api/payment-applications/{id}/tokens`. */
export function readNewToken(
	{ context }: CheckoutCaller,
	body: JsonValue
): { label: string; scopes: string[]; expiresAt: number | null } {
	const { label, scopes, expiresAt = null } = readShape(shapes.token, body);
	if (expiresAt !== null && expiresAt <= context.clock.now()) {
		throw invalid([{ field: 'expiresAt', message: 'must be in the future' }]);
	}
	return { label, scopes, expiresAt };
}

/** `page` and `perPage` of `GET /api/payments`. */
export function readPage({ searchParams }: URL): { page: number; perPage: number } {
	const faults: FieldError[] = [];
	const read = (field: string, fallback: number, most: number): number => {
		const written = searchParams.get(field);
		if (written === null) return fallback;
		const value = /^[1-9]\d{0,8}$/.test(written) ? Number(written) : 0;
		if (value >= 1 && value <= most) return value;
		faults.push({ field, message: `must be a whole number from 1 to ${most}` });
		return fallback;
	};
	const wanted = { page: read('page', 1, 1_000_000), perPage: read('perPage', 15, 100) };
	if (wanted.page * wanted.perPage > MOST_PAGED) {
		const message = `must be at most ${Math.floor(MOST_PAGED / wanted.perPage)}: pages lead through the newest ${MOST_PAGED} payments`;
		faults.push({ field: 'page', message });
	}
	if (faults.length > 0) throw invalid(faults);
	return wanted;
}
