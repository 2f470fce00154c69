import type { Context } from '../../../src/lib/server/context.ts';
import type { Tx } from '../../../src/lib/server/db/database.ts';
import { post } from '../../../src/lib/server/ledger/post.ts';
import type { Application } from '../../../src/lib/server/merchants/application.ts';
import {
	createApplication,
	createMerchant,
	setApplicationMode
} from '../../../src/lib/server/merchants/create-application.ts';
import {
	saveMerchantSettings,
	type MerchantSettings
} from '../../../src/lib/server/merchants/merchant-settings.ts';
import { createProviderAccount } from '../../../src/lib/server/merchants/provider-accounts.ts';
import { readWebhookSecrets } from '../../../src/lib/server/merchants/webhook-secrets.ts';
import { setRate } from '../../../src/lib/server/rates/set-rate.ts';
import {
	saveAccountSettings,
	type AccountSettings
} from '../../../src/lib/server/routing/account-settings.ts';
import { saveRoutingSet } from '../../../src/lib/server/routing/routing-set.ts';
import { simulatorCredentials } from '../../../src/lib/server/simulator/credentials.ts';
import { webhookUrl } from './destinations.ts';

/** A set of rules that a form names. */
interface ChosenSet {
	id: number;
	/** Whether there are fees or another currency to agree to. */
	isDear: boolean;
}

/** A merchant whose world a schedule may be. */
export interface Merchant {
	application: Application;
	/** What webhooks are checked with. */
	webhookSecret: string;
	/** Sets of rules that forms name, each as often as its weight says. */
	routingSets: (readonly [weight: number, set: ChosenSet])[];
}

const everyKyc: MerchantSettings['kyc'] = {
	deposit: ['passed', 'pending', 'failed', 'none'],
	withdrawal: ['passed', 'pending', 'none']
};

/** One takes things as they come; the other has all the rules that a merchant can have. */
const settings: Record<'easy' | 'strict', MerchantSettings> = {
	easy: {
		limits: [],
		kyc: everyKyc,
		autoApprove: {},
		closedLoop: false,
		refuseBeyondBalance: false
	},
	strict: {
		limits: [
			{ intent: 'deposit', method: null, currency: 'EUR', period: 'day', amount: 80_000, uses: 4 },
			{
				intent: 'deposit',
				method: 'card',
				currency: 'EUR',
				period: 'week',
				amount: 60_000,
				uses: null
			},
			{ intent: 'withdrawal', method: null, currency: 'EUR', period: 'day', amount: null, uses: 2 }
		],
		kyc: everyKyc,
		autoApprove: { EUR: 5_000 },
		closedLoop: true,
		refuseBeyondBalance: true
	}
};

export async function createMerchants(context: Context): Promise<Merchant[]> {
	const created = await context.db.inTransaction(async (tx) => {
		await setRates(context, tx);
		return [
			await createOne(context, tx, 'Pelican Books', settings.easy),
			await createOne(context, tx, 'Heron & Sons', settings.strict)
		];
	});
	return Promise.all(
		created.map(async (merchant) => {
			const { id } = merchant.application;
			const { webhookSecret } = await readWebhookSecrets(context, id, 'test');
			return { ...merchant, webhookSecret };
		})
	);
}

/** What the euro was worth on the days of a schedule; a rate is good for a week. */
async function setRates(context: Context, tx: Tx): Promise<void> {
	const days = ['2026-11-21', '2026-11-22', '2026-11-25', '2026-11-29', '2026-12-03'];
	for (const [index, date] of days.entries()) {
		const rate = `1.08${index}`;
		await setRate(context, tx, { base: 'EUR', quote: 'USD', rate, source: 'a bank', date });
	}
}

async function createOne(context: Context, tx: Tx, name: string, own: MerchantSettings) {
	const merchantId = await createMerchant(context, tx, name);
	const shape = { merchantId, dialect: 'cashier' as const, name };
	const origins = { frameOrigins: [], returnOrigins: [] };
	const id = await createApplication(context, tx, { ...shape, ...origins });
	await setApplicationMode(context, tx, { applicationId: id, mode: 'test', webhookUrl });
	await saveMerchantSettings(context, tx, merchantId, 'test', own);
	// What was earned before; nobody knows of it but this merchant.
	await post(context, tx, {
		merchantId,
		mode: 'test',
		transactionId: merchantId,
		posting: 'opening',
		entries: [
			{ account: 'available', currency: 'EUR', amount: 30_000 },
			{ account: 'fees', currency: 'EUR', amount: -30_000 }
		]
	});
	const routingSets = await createAccounts(context, tx, merchantId);
	const application: Application = {
		id,
		...shape,
		merchantName: name,
		branding: {},
		supportContact: null,
		...origins,
		clientId: null,
		url: null,
		currencies: null,
		allowUnderpay: false,
		allowOverpay: false,
		createdAt: 0,
		deletedAt: null
	};
	return { application, routingSets };
}

/** Accounts of every temper, with fees and another currency, and rules over them. */
async function createAccounts(
	context: Context,
	tx: Tx,
	merchantId: string
): Promise<Merchant['routingSets']> {
	const owner = { merchantId, mode: 'test' as const };
	const open = async (temper: string, own: Partial<AccountSettings>) => {
		const credentials = { ...simulatorCredentials(context), temper };
		const account = { ...owner, provider: 'simulator', credentials };
		const id = await createProviderAccount(context, tx, account);
		await saveAccountSettings(context, tx, id, own);
		return id;
	};
	const fee = { method: null, intent: null, currency: 'EUR', fixed: 25, percent: '1.5' } as const;
	const plain = await open('steady', { currencies: ['EUR'] });
	const other = await open('steady', { fees: [{ ...fee, bearer: 'merchant' }] });
	const dear = await open('steady', { fees: [{ ...fee, bearer: 'payer' }] });
	const dollars = await open('steady', { currencies: ['USD'], fxPercent: '2' });
	const moody = await open('moody', {});
	const silent = await open('silent', {});
	const save = (name: string, tiers: number[][], isDefault = false) =>
		saveRoutingSet(context, tx, {
			...owner,
			name,
			isDefault,
			rules: [
				{
					name,
					when: {},
					choices: tiers.map((tier) => tier.map((account) => ({ account, weight: 1 }))),
					onFailure: { next: true, limit: 3 }
				}
			]
		});
	const either = await save('either', [[plain, other], [moody]], true);
	const moodyFirst = await save('moody first', [[moody], [plain], [other]]);
	const silentFirst = await save('silent first', [[silent], [plain]]);
	const inDollars = await save('in dollars', [[dollars], [moody]]);
	const withFee = await save('with a fee', [[dear], [other]]);
	return [
		[3, { id: either, isDear: false }],
		[4, { id: moodyFirst, isDear: false }],
		[2, { id: silentFirst, isDear: false }],
		[2, { id: inDollars, isDear: true }],
		[2, { id: withFee, isDear: true }]
	];
}
