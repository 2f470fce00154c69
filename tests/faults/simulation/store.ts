import { Kysely, type DatabaseConnection, type Dialect, type Driver } from 'kysely';
import type { Database, Tx } from '../../../src/lib/server/db/database.ts';
import type { Schema } from '../../../src/lib/server/db/schema.ts';

/** What a handle's user has to pass. */
export interface Gates {
	/** Before something is asked of the database; throws where it cannot be reached. */
	before(what: string): Promise<void>;
	/** Once it has answered; throws where the answer was lost. */
	after(what: string): Promise<void>;
	/** At each query inside of a transaction: throws when its asker dies there. */
	query(): void;
	/** Resolves at once, or never for somebody who died meanwhile. */
	stillThere(): Promise<void>;
	/** Whether this transaction meets a conflict the first time and runs again. */
	runsAgain(): boolean;
}

/** For somebody who cannot die and whom nothing befalls. */
export const openGates: Gates = {
	before: async () => undefined,
	after: async () => undefined,
	query: () => undefined,
	stillThere: async () => undefined,
	runsAgain: () => false
};

/** One database that outlives all who use it. */
export interface Store {
	readonly engine: 'sqlite' | 'postgres';
	/** A handle that lets its user through these gates. */
	handle(gates: Gates): Database;
	/** A handle without gates. */
	readonly plain: Database;
	/** A look past all code. */
	select<Row>(sql: string): Promise<Row[]>;
	/** Remembers what is in it now. */
	keep(): Promise<void>;
	/** Goes back to what was remembered. */
	restore(): Promise<void>;
	close(): Promise<void>;
}

/** Told when a query begins and ends, where it takes its time. */
export interface Pace {
	begin(): void;
	end(): void;
}

/** The two engines differ in this. */
export interface Engine {
	plain: Database;
	reads(driver: (inner: Driver) => Driver): Dialect;
	inTransaction<T>(gates: Gates, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Makes a handle whose every call passes gates. */
export function gatedHandle(engine: Engine, gates: Gates, pace: () => Pace): Database {
	const read = new Kysely<Schema>({
		dialect: engine.reads((driver) => gatedDriver(driver, gates, pace))
	});
	const { plain } = engine;
	async function through<T>(what: string, act: () => Promise<T>): Promise<T> {
		await gates.before(what);
		const { begin, end } = pace();
		begin();
		let value: T;
		try {
			value = await act();
		} catch (error) {
			end();
			await gates.after('refusal');
			throw error;
		}
		end();
		await gates.after(what);
		return value;
	}
	return {
		engine: plain.engine,
		read,
		inTransaction: (work) =>
			through('transaction', async () => {
				if (gates.runsAgain()) await runInVain(engine, gates, work);
				return engine.inTransaction(gates, work);
			}),
		insertTogether: (rows) => through('insertion', () => plain.insertTogether(rows)),
		close: async () => undefined
	};
}

const inVain = new Error('run in vain');

/** The work's first run, of which nothing stays: the contract of inTransaction allows for it. */
async function runInVain<T>(engine: Engine, gates: Gates, work: (tx: Tx) => Promise<T>) {
	await engine
		.inTransaction(gates, async (tx) => {
			await work(tx);
			throw inVain;
		})
		.catch((error: unknown) => {
			if (error !== inVain) throw error;
		});
}

function gatedDriver(driver: Driver, gates: Gates, pace: () => Pace): Driver {
	return {
		init: () => driver.init(),
		async acquireConnection() {
			await gates.before('read');
			pace().begin();
			return driver.acquireConnection();
		},
		async releaseConnection(connection: DatabaseConnection) {
			await driver.releaseConnection(connection);
			pace().end();
			await gates.stillThere();
		},
		beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
		commitTransaction: (connection) => driver.commitTransaction(connection),
		rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
		destroy: () => driver.destroy()
	};
}
