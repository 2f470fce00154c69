import { hash, randomBytes, randomUUID } from 'node:crypto';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';

/** What a bare server does with the database: the app's rows, by statements written by hand. */
export interface BareStore {
	/**
	 * Writes the rows of an order in a commit of their own; returns the session's token. The row of
	 * an idempotency key is written, but nobody looks whether it was there.
	 */
	insert(order: BareOrder, key: string | undefined): Promise<string> | string;
	/** Whether a session has that token. */
	find(token: string): Promise<boolean> | boolean;
}

export interface BareOrder {
	mode: string;
	user_id: string;
	tracking_id: string;
	ip: string;
	amount: string;
	currency: string;
	settings: { return_url: string; locale: string; methods: string[] };
	customer: unknown;
}

type Row = Record<string, string | number | null>;

/** The file that the app made, under the same promise: on disk when it is answered. */
export function openSqliteStore(file: string): BareStore {
	const sqlite = new BetterSqlite3(file, { timeout: 10_000 });
	sqlite.pragma('journal_mode = WAL');
	sqlite.pragma('synchronous = FULL');
	const samples = rowsOf(emptyOrder, '', '');
	const statements = samples.map(([table, row]) =>
		sqlite.prepare(insertInto(table, row, () => '?'))
	);
	const insertAll = sqlite.transaction((rows: [string, Row][]) => {
		rows.forEach(([, row], index) => statements[index]?.run(...Object.values(row)));
	});
	const byToken = sqlite.prepare('select * from sessions where token_sha256 = ?');
	return {
		insert(order, key) {
			const token = randomBytes(32).toString('base64url');
			insertAll.immediate(rowsOf(order, token, key));
			return token;
		},
		find: (token) => byToken.get(hash('sha256', token)) !== undefined
	};
}

/** A pool as large as the app's. */
export function openPostgresStore(url: string): BareStore {
	const pool = new pg.Pool({ connectionString: url, max: 20 });
	const texts = rowsOf(emptyOrder, '', '').map(([table, row]) =>
		insertInto(table, row, (index) => `$${index + 1}`)
	);
	return {
		async insert(order, key) {
			const token = randomBytes(32).toString('base64url');
			const client = await pool.connect();
			await client.query('begin');
			let index = 0;
			for (const [, row] of rowsOf(order, token, key)) {
				await client.query(texts[index++] ?? '', Object.values(row));
			}
			await client.query('commit');
			client.release();
			return token;
		},
		async find(token) {
			const text = 'select * from sessions where token_sha256 = $1';
			const { rowCount } = await pool.query(text, [hash('sha256', token)]);
			return rowCount === 1;
		}
	};
}

function insertInto(table: string, row: Row, place: (index: number) => string): string {
	const columns = Object.keys(row);
	return `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => place(at)).join(', ')})`;
}

const emptyOrder: BareOrder = {
	mode: '',
	user_id: '',
	tracking_id: '',
	ip: '',
	amount: '',
	currency: '',
	settings: { return_url: '', locale: '', methods: [] },
	customer: {}
};

/** A UUID of version 7, like the app's: random ones would make an index cost more. */
function newId(now: number): string {
	const time = now.toString(16).padStart(12, '0');
	return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The rows that the app writes for the same order: session, transaction, event, stored answer. */
function rowsOf(order: BareOrder, token: string, key: string | undefined): [string, Row][] {
	const now = Date.now();
	const id = newId(now);
	const transactionId = newId(now);
	const amount = Math.round(Number(order.amount) * 100);
	const shared = {
		application_id: 'bare',
		merchant_id: 'bare',
		mode: order.mode,
		intent: 'deposit',
		amount,
		currency: order.currency,
		payer_reference: order.user_id,
		reference: order.tracking_id,
		expires_at: now + 3_600_000,
		created_at: now
	};
	const session = {
		id,
		version: 1,
		token_sha256: hash('sha256', token),
		...shared,
		amount_editable: 0,
		lowest_amount: null,
		highest_amount: null,
		preset_amounts: null,
		customer: JSON.stringify(order.customer),
		payer_ip: order.ip,
		description: null,
		return_addresses: JSON.stringify({ return: order.settings.return_url }),
		webhook_url: null,
		locale: order.settings.locale,
		theme: 'auto',
		methods: JSON.stringify(order.settings.methods),
		content_hmac: hash('sha256', order.tracking_id)
	};
	const transaction = {
		id: transactionId,
		session_id: id,
		state: 'created',
		version: 1,
		...shared,
		tries: 0,
		reason: null,
		reason_message: null,
		updated_at: now
	};
	const snapshot = {
		state: 'created',
		amount,
		currency: order.currency,
		payerReference: order.user_id,
		reference: order.tracking_id,
		reason: null,
		reasonMessage: null,
		attemptId: null,
		method: null
	};
	const event = {
		transaction_id: transactionId,
		version: 1,
		kind: 'created',
		snapshot: JSON.stringify(snapshot),
		created_at: now
	};
	const rows: [string, Row][] = [
		['sessions', session],
		['transactions', transaction],
		['events', event]
	];
	if (key === undefined) return rows;
	const answer = {
		application_id: 'bare',
		mode: order.mode,
		path: '/api/v1/cashier',
		key,
		request_hmac: session.content_hmac,
		resource_id: id,
		lease_until: now,
		status: 200,
		body_sealed: `${session.content_hmac}${token}`,
		created_at: now
	};
	return [...rows, ['idempotent_answers', answer]];
}
