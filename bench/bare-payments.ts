import { hash, randomUUID } from 'node:crypto';
import { insertOf, type BareDatabase, type Row } from './bare-database.ts';

/** What a merchant's server sends to have a card charged. */
export interface BareCharge {
	request: { tracking_id: string };
	card_details: Record<string, string>;
}

/** A payment that the app has made, all of it: what the bare server writes is as large. */
interface Model {
	session: Row;
	transaction: Row;
	attempt: Row;
	/** Opened, sent, paid. */
	events: Row[];
	delivery: Row;
	entries: Row[];
	acquired: Row;
	message: Row;
}

/** What the acquirer is asked, and what it answers. */
type AskAcquirer = (attemptId: string, card: Record<string, string>) => Promise<string>;

/**
 * Charges cards with as many commits of the same rows as the app, and one call to an acquirer that
 * makes a commit of its own before it answers. It does not do what the app does afterwards: sending
 * the acquirer's notification and the merchant's webhook.
 */
export async function openBarePayments(
	database: BareDatabase,
	modelId: string,
	askAcquirer: AskAcquirer
) {
	const model = await readModel(database, modelId);
	return {
		/** Resolves with the transaction's id. */
		async charge({ request, card_details }: BareCharge): Promise<string> {
			const [id, attemptId] = [newId(), newId()];
			await writeOrder(database, model, id, request.tracking_id);
			await writeIntent(database, model, id, attemptId);
			const reference = await askAcquirer(attemptId, card_details);
			await writeOutcome(database, model, { id, attemptId, reference });
			return id;
		},
		/** The acquirer's side: the payment and the notification about it, which is never sent. */
		async acquire(attemptId: string): Promise<string> {
			const id = newId();
			const { acquired, message } = model;
			await database.commit([
				insertOf('simulator_payments', { ...acquired, id, attempt_id: attemptId }),
				insertOf('simulator_messages', { ...message, id: newId(), attempt_id: attemptId })
			]);
			return id;
		}
	};
}

async function readModel(database: BareDatabase, id: string): Promise<Model> {
	const all = async (table: string, column: string, value: string, order = column) =>
		database.rows(`select * from ${table} where ${column} = ? order by ${order}`, [value]);
	const one = async (table: string, column: string, value: string) => {
		const [row] = await all(table, column, value);
		if (!row) throw new Error(`The app has written nothing into ${table}`);
		return row;
	};
	const transaction = await one('transactions', 'id', id);
	const attempt = await one('attempts', 'transaction_id', id);
	return {
		transaction,
		attempt,
		session: await one('sessions', 'id', String(transaction.session_id)),
		events: await all('events', 'transaction_id', id, 'version'),
		delivery: await one('webhook_deliveries', 'transaction_id', id),
		entries: await all('ledger_entries', 'transaction_id', id, 'line'),
		acquired: await one('simulator_payments', 'attempt_id', String(attempt.id)),
		message: await one('simulator_messages', 'attempt_id', String(attempt.id))
	};
}

async function writeOrder(database: BareDatabase, model: Model, id: string, reference: string) {
	const sessionId = newId();
	const fresh = { reference, expires_at: Date.now() + 3_600_000, created_at: Date.now() };
	const token = hash('sha256', sessionId);
	const first = { state: 'created', version: 1, tries: 0, submissions: 0 };
	await database.commit([
		insertOf('sessions', { ...model.session, ...fresh, id: sessionId, token_sha256: token }),
		insertOf('transactions', {
			...model.transaction,
			...fresh,
			...first,
			id,
			session_id: sessionId
		}),
		insertOf('events', { ...model.events[0], transaction_id: id })
	]);
}

async function writeIntent(database: BareDatabase, model: Model, id: string, attemptId: string) {
	const now = Date.now();
	const sent = { state: 'sent', provider_reference: null, ask_at: now + 60_000, created_at: now };
	await database.commit([
		[
			`update transactions set version = 2, tries = 1, submissions = 1, updated_at = ?
			where id = ? and version = 1`,
			[now, id]
		],
		insertOf('events', { ...model.events[1], transaction_id: id }),
		insertOf('attempts', { ...model.attempt, ...sent, id: attemptId, transaction_id: id })
	]);
}

async function writeOutcome(
	database: BareDatabase,
	model: Model,
	{ id, attemptId, reference }: { id: string; attemptId: string; reference: string }
) {
	const now = Date.now();
	const own = { transaction_id: id };
	await database.commit([
		[
			`update attempts set state = 'succeeded', provider_reference = ?, ask_at = null, updated_at = ?
			where id = ? and state = 'sent'`,
			[reference, now, attemptId]
		],
		[
			`update transactions set state = 'succeeded', version = 3, expires_at = null, updated_at = ?
			where id = ? and version = 2`,
			[now, id]
		],
		insertOf('events', { ...model.events[2], ...own }),
		insertOf('webhook_deliveries', { ...model.delivery, ...own, id: newId() }),
		...model.entries.map((entry) =>
			insertOf('ledger_entries', { ...entry, ...own, posting: attemptId })
		),
		...model.entries.map(({ merchant_id, mode, currency, account, amount }): [string, never[]] => [
			`update ledger_balances set balance = balance + ${amount} where merchant_id = '${merchant_id}'
			and mode = '${mode}' and currency = '${currency}' and account = '${account}'`,
			[]
		])
	]);
}

/** A UUID of version 7, like the app's: random ones would make an index cost more. */
function newId(): string {
	const time = Date.now().toString(16).padStart(12, '0');
	return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
