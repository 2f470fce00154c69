import type { Order } from '../../src/lib/server/sessions/open-session';

/** €10.05 to be paid in any way. */
export const someOrder: Order = {
	mode: 'test',
	intent: 'deposit',
	amount: 1005,
	currency: 'EUR',
	amountEditable: false,
	lowestAmount: null,
	highestAmount: null,
	presetAmounts: null,
	payerReference: '128',
	reference: null,
	customer: null,
	payerIp: null,
	description: 'Two paperbacks',
	returnAddresses: {},
	webhookUrl: null,
	locale: null,
	theme: 'auto',
	methods: null,
	expiresIn: 3600
};
