import { describe, expect, test } from 'vitest';
import { failingCondition, type Asked } from '$lib/server/routing/failing-condition';
import type { Conditions } from '$lib/server/routing/rule';
import { asked } from './some-account';

const unknownPayer = { reference: null, country: null, kycStatus: null };
const noCard = { card: undefined };

type Row = [when: Conditions, asked: Partial<Asked>, failing: string | undefined];

const rows: Row[] = [
	[{}, {}, undefined],
	[{ modes: ['test'] }, {}, undefined],
	[{ modes: ['live'] }, {}, 'modes'],
	[{ intents: ['deposit', 'withdrawal'] }, {}, undefined],
	[{ intents: ['withdrawal'] }, {}, 'intents'],
	[{ methods: ['wallet', 'card'] }, {}, undefined],
	[{ methods: ['wallet'] }, {}, 'methods'],
	[{ currencies: ['EUR'] }, {}, undefined],
	[{ currencies: ['USD'] }, {}, 'currencies'],
	[{ currency: 'EUR', lowest: 1005, highest: 1005 }, {}, undefined],
	[{ currency: 'EUR', lowest: 1006 }, {}, 'amount'],
	[{ currency: 'EUR', highest: 1004 }, {}, 'amount'],
	[{ currency: 'USD', lowest: 1 }, {}, 'amount'],
	[{ currency: 'EUR', lowest: 0 }, { amount: null }, 'amount'],
	[{ countries: ['DE', 'AT'] }, {}, undefined],
	[{ countries: ['DE'] }, {}, 'countries'],
	[{ countries: ['DE'] }, { payer: unknownPayer }, 'countries'],
	[{ kyc: ['passed'] }, {}, undefined],
	[{ kyc: ['failed', 'pending'] }, {}, 'kyc'],
	[{ kyc: ['none'] }, { payer: unknownPayer }, undefined],
	[{ brands: ['visa'] }, {}, undefined],
	[{ brands: ['mastercard'] }, {}, 'brands'],
	[{ brands: ['visa'] }, { card: { brand: null, bin: '42' } }, 'brands'],
	[{ brands: ['visa'] }, noCard, 'brands'],
	[{ bins: ['5', '424242'] }, {}, undefined],
	[{ bins: ['42424243'] }, {}, 'bins'],
	[{ bins: ['4'] }, noCard, 'bins'],
	[{ bins: ['4'] }, { card: { brand: 'visa', bin: '' } }, 'bins'],
	[{ tags: ['gold', 'vip'] }, {}, undefined],
	[{ tags: ['gold'] }, {}, 'tags'],
	[{ currencies: ['EUR'], countries: ['DE'], tags: ['gold'] }, {}, 'countries']
];

describe('conditions of a rule', () => {
	test.each(rows)('%j for %j: %s', (when, changes, failing) => {
		expect(failingCondition(when, { ...asked, ...changes }, ['vip'])).toBe(failing);
	});
});
