import { expect } from 'vitest';
import { checkLedger } from '../../src/lib/server/ledger/check-ledger';
import type { Deposit } from '../../src/lib/server/payments/deposit';
import type { Payment } from '../../src/lib/server/payments/payment';
import { creditTransfer } from '../../src/lib/server/simulator/transfers';
import type { EventSnapshot } from '../../src/lib/server/webhooks/event';
import { openShop, type Shop } from './open-shop';

export const HOUR = 3_600_000;

interface Allowed {
	under?: boolean;
	over?: boolean;
}

/** A shop, its transfers, and what its books say since a payment began. */
export interface TransferShop extends Shop {
	/** From here on `moved` tells what changes. */
	begin(): Promise<void>;
	/** An order of €10.05, unless told otherwise, that waits for its transfer. */
	await(allowed: Allowed, order?: { amount?: number }, rest?: Partial<Deposit>): Promise<Payment>;
	/** Money arrives and is told. */
	credit(payment: Payment, amount: number): Promise<void>;
	/** The payer's time passes, and whoever has to see it does. */
	timeUp(): Promise<void>;
	/** What changed in the merchant's books; accounts without change are left out. */
	moved(currency?: string): Promise<Record<string, number>>;
	queue(payment: Payment): Promise<{ amount: number; way: string; state: string }[]>;
	/** The told events of a payment with what each says came. */
	told(payment: Payment): Promise<{ kind: string; snapshot: EventSnapshot }[]>;
}

export async function openTransferShop(open: Parameters<typeof openShop>[0]) {
	const shop = await openShop(open);
	const { context, application } = shop;
	let before: Record<string, Record<string, number>> = {};
	const all = async () => ({ EUR: await shop.balances('EUR'), USD: await shop.balances('USD') });
	const transferShop: TransferShop = {
		...shop,
		async begin() {
			before = await all();
		},
		async await({ under = false, over = false }, order = {}, rest = {}) {
			await transferShop.begin();
			Object.assign(application, { allowUnderpay: under, allowOverpay: over });
			const payment = await shop.open(order);
			const means = { kind: 'bank_transfer' } as const;
			const sent = await shop.deposit(payment, means, { agreed: 'merchant', ...rest });
			expect(sent).toEqual({ kind: 'sent' });
			return shop.read(payment);
		},
		async credit({ attempt }, amount) {
			expect(await creditTransfer(context, attempt?.id ?? '', amount)).toBe(true);
			await shop.work(2_000);
		},
		async timeUp() {
			await shop.work(73 * HOUR);
			await shop.work(HOUR);
		},
		async moved(currency = 'EUR') {
			expect(await checkLedger(context)).toEqual([]);
			const now = await shop.balances(currency);
			const changes = Object.entries(now).map(
				([account, balance]) => [account, balance - (before[currency]?.[account] ?? 0)] as const
			);
			return Object.fromEntries(changes.filter(([, change]) => change !== 0));
		},
		queue: ({ transactionId }) =>
			context.db.read
				.selectFrom('unapplied_money')
				.select(['amount', 'way', 'state'])
				.where('transaction_id', '=', transactionId)
				.orderBy('created_at')
				.execute(),
		async told({ transactionId }) {
			const rows = await context.db.read
				.selectFrom('events as e')
				.innerJoin('webhook_deliveries as d', (join) =>
					join
						.onRef('d.transaction_id', '=', 'e.transaction_id')
						.onRef('d.event_version', '=', 'e.version')
				)
				.select(['e.kind', 'e.snapshot'])
				.where('e.transaction_id', '=', transactionId)
				.orderBy('e.version')
				.execute();
			return rows.map(({ kind, snapshot }) => ({
				kind,
				snapshot: JSON.parse(snapshot) as EventSnapshot
			}));
		}
	};
	return transferShop;
}
