import { describe, expect, test } from 'vitest';
import type { AccountSettings } from '$lib/server/routing/account-settings';
import type { Asked } from '$lib/server/routing/failing-condition';
import { fitOf } from '$lib/server/routing/fit-of';
import { asked, someAccount } from './some-account';

const now = Date.parse('2026-11-21T12:00:00Z');
const dollars = { rate: '1.1', source: 'bank', date: '2026-11-20' };
const abroad = { reference: null, country: null, kycStatus: null };
const shut = { days: [1], from: '08:00', until: '09:00', timeZone: 'UTC' };

type Row = [settings: Partial<AccountSettings>, asked: Partial<Asked>, result: string];

const rows: Row[] = [
	[{}, {}, 'card, in EUR'],
	[{}, { method: 'wallet' }, 'wallet, in EUR'],
	[{}, { method: 'unheard_of' }, 'provider_cannot'],
	// Offered, but there is no verb for it.
	[{}, { method: 'voucher' }, 'provider_cannot'],
	// Offered for the other way.
	[{}, { method: 'bank' }, 'provider_cannot'],
	[{}, { method: 'bank', intent: 'withdrawal' }, 'bank, in EUR'],
	[{ methods: ['wallet'] }, {}, 'method_off'],
	[{ methods: ['wallet', 'card'] }, {}, 'card, in EUR'],
	[{ currencies: ['USD', 'EUR'] }, {}, 'card, in EUR'],
	[{ currencies: ['USD', 'GBP'] }, {}, 'card, in USD'],
	[{ currencies: ['GBP', 'USD'] }, {}, 'no_rate'],
	[{ currencies: ['USD'], converts: false }, {}, 'currency'],
	[{ countries: ['DE', 'AT'] }, {}, 'card, in EUR'],
	[{ countries: ['DE'] }, {}, 'country'],
	[{ countries: ['DE'] }, { payer: abroad }, 'country'],
	[{}, { payer: abroad }, 'card, in EUR'],
	[{}, { card: { brand: 'jcb', bin: '3530' } }, 'brand'],
	[{}, { card: { brand: null, bin: '99' } }, 'brand'],
	[{}, { card: undefined }, 'card, in EUR'],
	[{ maintenance: [{ from: now, until: now + 1 }] }, {}, 'maintenance'],
	[{ maintenance: [{ from: now - 1, until: now }] }, {}, 'card, in EUR'],
	[{ maintenance: [{ from: now + 1, until: now + 2 }] }, {}, 'card, in EUR'],
	[{ hours: shut }, {}, 'outside_hours'],
	[{ hours: { ...shut, days: [6], until: '13:00' } }, {}, 'card, in EUR'],
	// Of several reasons the one that the payer can change least.
	[{ countries: ['DE'], hours: shut }, {}, 'country']
];

describe('whether an account fits', () => {
	test.each(rows)('%j for %j: %s', (settings, changes, result) => {
		const rates = new Map([['USD', dollars]]);
		const fit = fitOf(someAccount(1, settings), { ...asked, ...changes }, { rates, now });
		const words =
			typeof fit === 'string' ? fit : `${fit.offer.name}, in ${fit.pricing.providerCurrency}`;
		expect(words).toBe(result);
	});
});
