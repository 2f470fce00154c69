import { join } from 'node:path';
import { expect } from '@playwright/test';
import Database from 'better-sqlite3';

/** A payment as the make-believe acquirer has it: what was really charged. */
interface AcquirerPayment {
	rule: string;
	state: string;
	/** Minor units. */
	amount: number;
	charges: number;
	/** How often the acquirer was asked for it. */
	requests: number;
}

/** The app's database as seen from outside. Orders go by the merchant's reference. */
export interface Records {
	/** What the acquirer has of an order, by try. */
	paymentsOf(reference: string): AcquirerPayment[];
	transactionOf(reference: string): { id: string; state: string; tries: number; version: number };
	/** Moves the end of a paid order to now: its payer is kept anew. */
	endedNow(reference: string): void;
	/** Moves the end of an order's session to so many milliseconds from now. */
	endIn(reference: string, ms: number): void;
	/**
	 * Makes an order's last try undecided again, once the acquirer's notification of it is through.
	 * Nobody asks about it before `askNow`.
	 */
	undecide(reference: string): Promise<void>;
	/** Makes an order's last try as old as that, and due to be asked about. */
	askNow(reference: string, ageMs?: number): void;
	/** Lets pages of an origin frame all payment pages and get their payers back. */
	allowOrigin(origin: string): void;
	/** Lets no account take more than €150 by voucher. */
	limitVouchers(): void;
	/** Lets payers pay 100 HUF a day, and none whose identity could not be verified. */
	limitPayers(): void;
	close(): void;
}

export function openRecords(dataDir: string): Records {
	const db = new Database(join(dataDir, 'cashdesk.db'));
	const ofOrder = 'transaction_id = (select id from transactions where reference = ?)';
	const lastOf = `id = (select id from attempts where ${ofOrder} order by number desc limit 1)`;

	/** Notifications that are still on their way, at the acquirer or with us. */
	function openNotices(reference: string): unknown {
		return db
			.prepare(
				`select (select count(*) from simulator_messages m
					where m.attempt_id = attempts.id and due_at is not null)
				+ (select count(*) from notifications n
					where n.attempt_id = attempts.id and processed_at is null)
				from attempts where ${lastOf}`
			)
			.pluck()
			.get(reference);
	}

	/** Takes an order's postings out of the books again, and out of the balances. */
	function takeBack(reference: string): void {
		db.prepare(
			`update ledger_balances as b set balance = balance - (
				select coalesce(sum(e.amount), 0) from ledger_entries e
				where e.${ofOrder} and e.merchant_id = b.merchant_id and e.mode = b.mode
				and e.account = b.account and e.currency = b.currency)`
		).run(reference);
		db.prepare(`delete from ledger_entries where ${ofOrder}`).run(reference);
	}

	return {
		paymentsOf(reference) {
			return db
				.prepare<[string], AcquirerPayment>(
					`select rule, p.state, p.amount, charges, requests
					from simulator_payments p join attempts on attempts.id = attempt_id
					where ${ofOrder} order by number`
				)
				.all(reference);
		},
		transactionOf(reference) {
			const row = db
				.prepare<[string], ReturnType<Records['transactionOf']>>(
					'select id, state, tries, version from transactions where reference = ?'
				)
				.get(reference);
			if (!row) throw new Error(`There is no order ${reference}`);
			return row;
		},
		endedNow(reference) {
			db.prepare(`update events set created_at = ? where kind = 'succeeded' and ${ofOrder}`).run(
				Date.now(),
				reference
			);
		},
		endIn(reference, ms) {
			const endsAt = Date.now() + ms;
			const session = 'select session_id from transactions where reference = ?';
			db.transaction(() => {
				db.prepare(`update sessions set expires_at = ? where id = (${session})`).run(
					endsAt,
					reference
				);
				db.prepare('update transactions set expires_at = ? where reference = ?').run(
					endsAt,
					reference
				);
			})();
		},
		async undecide(reference) {
			await expect.poll(() => openNotices(reference), { timeout: 15_000 }).toBe(0);
			const open = "set state = 'sent', ask_at = 9e15";
			db.transaction(() => {
				db.prepare(`update attempts ${open} where ${lastOf}`).run(reference);
				db.prepare(
					"update transactions set state = 'pending', version = version + 1 where reference = ?"
				).run(reference);
				takeBack(reference);
			})();
		},
		askNow(reference, ageMs = 0) {
			db.prepare(
				`update attempts set created_at = created_at - @ageMs, pay_until = pay_until - @ageMs,
				ask_at = 0 where ${lastOf.replace('?', '@reference')}`
			).run({ ageMs, reference });
		},
		allowOrigin(origin) {
			for (const list of ['frame_origins', 'return_origins']) {
				db.prepare(`update applications set ${list} = json_insert(${list}, '$[#]', ?)`).run(origin);
			}
		},
		limitVouchers() {
			const limit = { method: 'voucher', intent: null, currency: 'EUR', lowest: null };
			db.prepare(
				"update provider_accounts set settings = json_set(settings, '$.limits', json(?))"
			).run(JSON.stringify([{ ...limit, highest: 15_000 }]));
		},
		limitPayers() {
			const rule = { intent: 'deposit', method: null, currency: 'HUF', period: 'day' };
			const settings = {
				limits: [{ ...rule, amount: 10_000, uses: null }],
				kyc: { deposit: ['passed', 'pending', 'none'], withdrawal: ['passed', 'pending', 'none'] }
			};
			db.prepare(
				`insert into merchant_settings (merchant_id, mode, settings)
				select id, 'test', @text from merchants where true
				on conflict do update set settings = json_patch(settings, @text)`
			).run({ text: JSON.stringify(settings) });
		},
		close: () => void db.close()
	};
}
