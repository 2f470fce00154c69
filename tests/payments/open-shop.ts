import type { Context } from '../../src/lib/server/context';
import {
	createApplication,
	createMerchant
} from '../../src/lib/server/merchants/create-application';
import { setApplicationMode } from '../../src/lib/server/merchants/create-application';
import { createProviderAccount } from '../../src/lib/server/merchants/provider-accounts';
import { OutgoingError } from '../../src/lib/server/outgoing/outgoing-error';
import type { GuardedFetch } from '../../src/lib/server/outgoing/guarded-fetch';
import { attemptKey } from '../../src/lib/server/payments/attempt-key';
import { deposit, type Deposit, type Means } from '../../src/lib/server/payments/deposit';
import type { Payment } from '../../src/lib/server/payments/payment';
import { askRefunds } from '../../src/lib/server/payments/ask-refunds';
import { askUndecided } from '../../src/lib/server/payments/ask-undecided';
import { processNotifications } from '../../src/lib/server/payments/process-notifications';
import { readPaymentOfSession } from '../../src/lib/server/payments/read-payment';
import { returnUnapplied } from '../../src/lib/server/payments/return-unapplied';
import { sendPayouts } from '../../src/lib/server/payments/send-payouts';
import { receiveNotification } from '../../src/lib/server/payments/receive-notification';
import type { Application } from '../../src/lib/server/merchants/application';
import { openSession, type Order } from '../../src/lib/server/sessions/open-session';
import { saveAccountSettings } from '../../src/lib/server/routing/account-settings';
import { expireSessions } from '../../src/lib/server/sessions/expire-sessions';
import { sendSimulatorMessages } from '../../src/lib/server/simulator/send-messages';
import { simulatorCredentials } from '../../src/lib/server/simulator/credentials';
import { inProcessFetch } from '../simulator/in-process-fetch';
import type { TestContext } from '../databases';

/** A merchant with a simulator account, whose world is this process. */
export interface Shop {
	context: TestContext;
	application: Application;
	/** Set to fail the way to the acquirer: before it hears, or after it answered. */
	line: { cut: 'none' | 'before' | 'after' };
	open(order?: Partial<Order>): Promise<Payment>;
	read(payment: Payment): Promise<Payment>;
	/** Pays by card; what became of the form, in a word. */
	pay(payment: Payment, card: string): Promise<string>;
	/** Pays by any means. */
	deposit(payment: Payment, means: Means, rest?: Partial<Deposit>): ReturnType<typeof deposit>;
	/** Opens one more account of the simulator for the merchant; returns its id. */
	addAccount(account?: {
		credentials?: Record<string, string>;
		settings?: Parameters<typeof saveAccountSettings>[3];
	}): Promise<number>;
	/** The account that the shop began with. */
	accountId: number;
	/** Lets time pass while the worker works, until nothing is left to do now. */
	work(milliseconds?: number): Promise<void>;
	/** The merchant's books: `available`, `in_transit` … in a currency. */
	balances(currency?: string): Promise<Record<string, number>>;
	/** What the acquirer knows of a transaction's attempts. */
	acquirer(payment: Payment): Promise<{ state: string; charges: number; requests: number }[]>;
	events(payment: Payment): Promise<string[]>;
	/** Every try of a payment, the first one first. */
	attempts(
		payment: Payment
	): Promise<{ state: string; reason: string | null; account: number; amount: number }[]>;
}

/** A host that an account's `base_url` can name, where nobody answers. */
export const DOWN = 'down.example';

type Open = (overrides?: Partial<Context>) => Promise<TestContext>;

export async function openShop(open: Open): Promise<Shop> {
	const line: Shop['line'] = { cut: 'none' };
	const callbacks: GuardedFetch = async (url, { headers, body }) => {
		const [, provider = '', account = ''] =
			/provider-callbacks\/(\w+)\/(\d+)$/.exec(new URL(url).pathname) ?? [];
		const message = { headers: new Headers(headers), body: String(body) };
		const result = await receiveNotification(context, provider, Number(account), message);
		return { status: result === 'stored' ? 200 : 401, headers: {}, body: '', truncated: false };
	};
	const acquirer = inProcessFetch(() => context, callbacks);
	const context: TestContext = await open({
		fetch: async (url, options) => {
			// The address of an account that is down: no connection is made.
			if (new URL(url).hostname === DOWN) throw new OutgoingError('unreachable', 'nobody is there');
			if (line.cut === 'before') throw new OutgoingError('connection', 'the line is cut');
			const answer = await acquirer(url, options);
			if (line.cut === 'after') throw new OutgoingError('connection', 'the line is cut');
			return answer;
		}
	});
	const { application, accountId } = await createShop(context);
	return {
		context,
		application,
		line,
		async open(order = {}) {
			const { id } = await openSession(context, application, { ...someOrder, ...order });
			return readPaymentOfSession(context, id);
		},
		read: ({ sessionId }) => readPaymentOfSession(context, sessionId),
		async pay(payment, card) {
			const means = { kind: 'card', card: cardOf(card), keep: false } as const;
			return (await deposit(context, depositOf(context, payment, means))).kind;
		},
		deposit: (payment, means, rest = {}) =>
			deposit(context, { ...depositOf(context, payment, means), ...rest }),
		addAccount: ({ credentials = {}, settings } = {}) =>
			context.db.inTransaction(async (tx) => {
				const { merchantId } = application;
				const id = await createProviderAccount(context, tx, {
					merchantId,
					mode: 'test',
					provider: 'simulator',
					credentials: { ...simulatorCredentials(context), ...credentials }
				});
				if (settings) await saveAccountSettings(context, tx, id, settings);
				return id;
			}),
		accountId,
		async work(milliseconds = 0) {
			context.clock.advance(milliseconds);
			for (let done = 1; done > 0;) done = await workOnce(context);
		},
		async balances(currency = 'EUR') {
			const rows = await context.db.read
				.selectFrom('ledger_balances')
				.select(['account', 'balance'])
				.where('merchant_id', '=', application.merchantId)
				.where('currency', '=', currency)
				.execute();
			return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]));
		},
		acquirer: ({ transactionId }) =>
			context.db.read
				.selectFrom('simulator_payments')
				.innerJoin('attempts', 'attempts.id', 'simulator_payments.attempt_id')
				.where('attempts.transaction_id', '=', transactionId)
				.orderBy('attempts.number')
				.select(['simulator_payments.state', 'charges', 'requests'])
				.execute(),
		attempts: ({ transactionId }) =>
			context.db.read
				.selectFrom('attempts')
				.select(['state', 'reason', 'provider_account_id as account', 'amount'])
				.where('transaction_id', '=', transactionId)
				.orderBy('number')
				.execute(),
		async events({ transactionId }) {
			const rows = await context.db.read
				.selectFrom('events')
				.select('kind')
				.where('transaction_id', '=', transactionId)
				.orderBy('version')
				.execute();
			return rows.map(({ kind }) => kind);
		}
	};
}

const someOrder: Order = {
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
	description: null,
	returnAddresses: {},
	webhookUrl: 'https://shop.example/webhook',
	locale: null,
	theme: 'auto',
	methods: null,
	expiresIn: 3600
};

async function workOnce(context: Context): Promise<number> {
	const done = [
		await sendSimulatorMessages(context),
		await processNotifications(context),
		await sendPayouts(context),
		await askUndecided(context),
		await askRefunds(context),
		await returnUnapplied(context),
		await expireSessions(context)
	];
	return done.reduce((sum, each) => sum + each, 0);
}

async function createShop(
	context: Context
): Promise<{ application: Application; accountId: number }> {
	return context.db.inTransaction(async (tx) => {
		const merchantId = await createMerchant(context, tx, 'Pelican Books');
		const name = 'Pelican Books';
		const shape = { dialect: 'cashier', name, frameOrigins: [], returnOrigins: [] } as const;
		const id = await createApplication(context, tx, {
			...shape,
			merchantId,
			frameOrigins: [],
			returnOrigins: []
		});
		await setApplicationMode(context, tx, {
			applicationId: id,
			mode: 'test',
			webhookUrl: 'https://shop.example/webhook'
		});
		const accountId = await createProviderAccount(context, tx, {
			merchantId,
			mode: 'test',
			provider: 'simulator',
			credentials: simulatorCredentials(context)
		});
		const application: Application = {
			id,
			merchantId,
			merchantName: name,
			dialect: 'cashier',
			name,
			branding: {},
			supportContact: null,
			frameOrigins: [],
			returnOrigins: [],
			clientId: null,
			url: null,
			currencies: null,
			allowUnderpay: false,
			allowOverpay: false,
			createdAt: 0,
			deletedAt: null
		};
		return { application, accountId };
	});
}

function cardOf(number: string) {
	return {
		number: number.replaceAll(' ', ''),
		expiryMonth: 12,
		expiryYear: 2030,
		securityCode: '737',
		holderName: 'Ada Payer'
	};
}

const methods: Record<Means['kind'], string> = {
	card: 'card',
	kept_card: 'card',
	redirect: 'wallet',
	bank_transfer: 'bank_transfer',
	voucher: 'voucher'
};

function depositOf(context: Context, payment: Payment, means: Means): Deposit {
	return {
		payment,
		attemptKey: attemptKey(context, payment.transactionId, payment.tries + 1),
		amount: payment.amount ?? 0,
		method: methods[means.kind],
		means,
		payer: { country: null, kycStatus: null },
		agreed: null,
		returnUrl: `${context.config.origin}/pay/token/return`,
		payerIp: null,
		description: null,
		locale: 'en'
	};
}
