import { methodKinds, type MethodKind, type MethodOffer } from '$lib/server/providers/method';
import type { Provider } from '$lib/server/providers/provider';
import type { LeftOut } from './decision';
import type { Asked } from './failing-condition';
import { isOpen } from './opening-hours';
import type { ProviderAccount } from './provider-account';
import { pricingOf, type Pricing, type Rate } from './terms';

/** An account that could take a payment, if only the amount is right. */
export interface Fit {
	offer: MethodOffer;
	pricing: Pricing;
}

/** The verb that each kind of method is asked for by. */
const verbs = {
	card: 'payByCard',
	redirect: 'payByRedirect',
	bank_transfer: 'payByTransfer',
	voucher: 'payByVoucher',
	bank_payout: 'payOut',
	card_payout: 'payOut',
	wallet_payout: 'payOut',
	phone_payout: 'payOut'
} as const satisfies Record<MethodKind, keyof Provider>;

/** What a provider can do for an intent: its offers that it has the verb for. */
export function offersOf(provider: Provider, intent: Asked['intent']): MethodOffer[] {
	return provider.methods.filter(
		({ kind }) => methodKinds[kind] === intent && provider[verbs[kind]] !== undefined
	);
}

/**
 * What an account would have to move for a payment's currency; undefined: it does not take it.
 * Another currency than the payment's needs a rate.
 */
export function providerCurrencyOf(
	{ settings: { currencies, converts } }: ProviderAccount,
	currency: string
): string | undefined {
	if (!currencies || currencies.includes(currency)) return currency;
	return converts ? currencies[0] : undefined;
}

/**
 * Whether an account takes a payment of any amount, or why it does not. `rates` are those from the
 * payment's currency, by the currency they lead to; `now` is in milliseconds since 1970.
 */
export function fitOf(
	account: ProviderAccount,
	asked: Asked,
	{ rates, now }: { rates: ReadonlyMap<string, Rate>; now: number }
): Fit | LeftOut {
	const { settings, provider } = account;
	const { intent, method, currency, payer, card } = asked;
	const offer = offersOf(provider, intent).find(({ name }) => name === method);
	if (!offer) return 'provider_cannot';
	if (settings.methods && !settings.methods.includes(method)) return 'method_off';
	const providerCurrency = providerCurrencyOf(account, currency);
	if (providerCurrency === undefined) return 'currency';
	if (settings.countries && !settings.countries.includes(payer.country ?? '')) return 'country';
	if (card && offer.brands && !offer.brands.includes(card.brand ?? '')) return 'brand';
	const rate = providerCurrency === currency ? null : rates.get(providerCurrency);
	if (rate === undefined) return 'no_rate';
	if (settings.maintenance.some(({ from, until }) => from <= now && now < until)) {
		return 'maintenance';
	}
	if (settings.hours && !isOpen(settings.hours, now)) return 'outside_hours';
	return { offer, pricing: pricingOf(settings, asked, { providerCurrency, rate }) };
}
