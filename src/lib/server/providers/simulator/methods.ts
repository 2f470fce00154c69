import type { MethodOffer } from '../method';

const brands = ['visa', 'mastercard', 'american-express'];

/** The wallet and the vouchers are brands of nobody. */
const WALLET = 'Pebble Wallet';
const VOUCHER = 'Cashnote';

/** What the make-believe acquirer offers. */
export const methods: readonly MethodOffer[] = [
	{ name: 'card', kind: 'card', brands, takes: 'at_once' },
	{ name: 'wallet', kind: 'redirect', label: WALLET, takes: 'at_once' },
	{ name: 'bank_transfer', kind: 'bank_transfer', takes: 'hours' },
	{ name: 'voucher', kind: 'voucher', label: VOUCHER, takes: 'at_once' },
	{ name: 'bank', kind: 'bank_payout', takes: 'days' },
	{ name: 'card_payout', kind: 'card_payout', brands, takes: 'hours' },
	{ name: 'wallet_payout', kind: 'wallet_payout', label: WALLET, takes: 'minutes' },
	{ name: 'phone_payout', kind: 'phone_payout', takes: 'minutes' }
];
