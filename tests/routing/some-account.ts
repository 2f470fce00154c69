import type { Asked } from '$lib/server/routing/failing-condition';
import { readAccountSettings, type AccountSettings } from '$lib/server/routing/account-settings';
import type { ProviderAccount } from '$lib/server/routing/provider-account';
import type { Provider } from '$lib/server/providers/provider';

const never = () => Promise.reject(new Error('nobody calls a provider here'));

/** Takes cards and wallets, pays out to banks, and offers vouchers that it has no verb for. */
const someProvider: Provider = {
	name: 'simulator',
	methods: [
		{ name: 'card', kind: 'card', brands: ['visa', 'mastercard'], takes: 'at_once' },
		{ name: 'wallet', kind: 'redirect', label: 'Pebble Wallet', takes: 'minutes' },
		{ name: 'voucher', kind: 'voucher', takes: 'at_once' },
		{ name: 'bank', kind: 'bank_payout', takes: 'days' }
	],
	payByCard: never,
	payByRedirect: never,
	payOut: never,
	inquire: never,
	cancel: never,
	readNotification: () => undefined
};

export function someAccount(id: number, settings: Partial<AccountSettings> = {}): ProviderAccount {
	return {
		id,
		merchantId: 'merchant',
		mode: 'test',
		name: `Account ${id}`,
		provider: someProvider,
		settings: readAccountSettings(JSON.stringify(settings)),
		get call(): never {
			throw new Error('nobody opens credentials here');
		}
	};
}

export const asked: Asked = {
	merchantId: 'merchant',
	mode: 'test',
	intent: 'deposit',
	transactionId: '0190aaaa-0000-7000-8000-000000000001',
	method: 'card',
	amount: 1005,
	currency: 'EUR',
	payer: { reference: '128', country: 'AT', kycStatus: 'passed' },
	card: { brand: 'visa', bin: '42424242' }
};
