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
import { depositByCard } from '../../src/lib/server/payments/deposit-by-card';
import type { Payment } from '../../src/lib/server/payments/payment';
import { readPaymentOfSession } from '../../src/lib/server/payments/read-payment';
import { receiveNotification } from '../../src/lib/server/payments/receive-notification';
import type { Application } from '../../src/lib/server/merchants/application';
import { openSession, type Order } from '../../src/lib/server/sessions/open-session';
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
	pay(payment: Payment, card: string): ReturnType<typeof depositByCard>;
	/** What the acquirer knows of a transaction's attempts. */
	acquirer(payment: Payment): Promise<{ state: string; charges: number; requests: number }[]>;
	events(payment: Payment): Promise<string[]>;
}

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
			if (line.cut === 'before') throw new OutgoingError('connection', 'the line is cut');
			const answer = await acquirer(url, options);
			if (line.cut === 'after') throw new OutgoingError('connection', 'the line is cut');
			return answer;
		}
	});
	const application = await createShop(context);
	return {
		context,
		application,
		line,
		async open(order = {}) {
			const { id } = await openSession(context, application, { ...someOrder, ...order });
			return readPaymentOfSession(context, id);
		},
		read: ({ sessionId }) => readPaymentOfSession(context, sessionId),
		pay: (payment, card) => depositByCard(context, depositOf(context, payment, card)),
		acquirer: ({ transactionId }) =>
			context.db.read
				.selectFrom('simulator_payments')
				.innerJoin('attempts', 'attempts.id', 'simulator_payments.attempt_id')
				.where('attempts.transaction_id', '=', transactionId)
				.orderBy('attempts.number')
				.select(['simulator_payments.state', 'charges', 'requests'])
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

async function createShop(context: Context): Promise<Application> {
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
		await createProviderAccount(context, tx, {
			merchantId,
			mode: 'test',
			provider: 'simulator',
			credentials: simulatorCredentials(context)
		});
		return {
			id,
			merchantId,
			merchantName: name,
			dialect: 'cashier',
			name,
			branding: {},
			supportContact: null,
			frameOrigins: [],
			returnOrigins: []
		};
	});
}

function depositOf(context: Context, payment: Payment, number: string) {
	return {
		payment,
		attemptKey: attemptKey(context, payment.transactionId, payment.tries + 1),
		amount: payment.amount ?? 0,
		card: {
			number: number.replaceAll(' ', ''),
			expiryMonth: 12,
			expiryYear: 2030,
			securityCode: '737',
			holderName: 'Ada Payer'
		},
		returnUrl: `${context.config.origin}/pay/token/return`,
		payerIp: null,
		description: null,
		locale: 'en'
	};
}
