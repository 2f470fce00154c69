import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { App } from '../app';
import type { Ledger } from '../faults/ledger';
import type { Haystack } from './find-leaks';

/** Everything that one app leaves behind: files, rows, PostgreSQL's log since the mark, output. */
export async function gather(app: App, ledger: Ledger, mark: string | null): Promise<Haystack[]> {
	return [
		...filesIn(app.dataDir),
		{ name: 'the output of the process', bytes: Buffer.from(app.logs()) },
		...(mark === null ? await sqliteRows(ledger) : await postgresTraces(ledger, mark))
	];
}

function filesIn(folder: string): Haystack[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ name: `the file ${path.slice(folder.length + 1)}`, bytes: read(path) }));
}

/** A file may go while the folder is read. */
function read(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch {
		return Buffer.alloc(0);
	}
}

/** The rows as text too, where values don't run into each other as they do in the file. */
async function sqliteRows(ledger: Ledger): Promise<Haystack[]> {
	const tables = await ledger.select<{ name: string }>(
		`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
	);
	const haystacks: Haystack[] = [];
	for (const { name } of tables) {
		haystacks.push(await rowsOf(ledger, name, `select * from "${name}"`));
	}
	return haystacks;
}

async function postgresTraces(ledger: Ledger, mark: string): Promise<Haystack[]> {
	const tables = await ledger.select<{ name: string }>(
		`select tablename as name from pg_tables where schemaname = 'public'`
	);
	const rows: Haystack[] = [];
	for (const { name } of tables) {
		const sql = `select row_to_json(t)::text as row from "${name}" t`;
		rows.push(await rowsOf(ledger, name, sql));
	}
	return [...rows, ...(await writeAheadLog(ledger, mark))];
}

async function rowsOf(ledger: Ledger, table: string, sql: string): Promise<Haystack> {
	const rows = await ledger.select<object>(sql);
	return { name: `the table ${table}`, bytes: Buffer.from(rows.map(writeRow).join('\n')) };
}

function writeRow(row: object): string {
	return JSON.stringify(row).replaceAll('\\"', '"');
}

/** Where PostgreSQL's write-ahead log stands now; null on SQLite, whose log is in the data folder. */
export async function markLog(app: App, ledger: Ledger): Promise<string | null> {
	if (!app.place.databaseUrl) return null;
	const [row] = await ledger.select<{ lsn: string }>(
		'select pg_current_wal_insert_lsn()::text as lsn'
	);
	return row?.lsn ?? null;
}

/**
 * The bytes of the write-ahead log since the mark, in which also lies what was inserted and deleted
 * again. Empty where the server is another machine.
 */
async function writeAheadLog(ledger: Ledger, mark: string): Promise<Haystack[]> {
	const [place] = await ledger.select<Record<'folder' | 'first' | 'last', string> & LogRange>(
		`select current_setting('data_directory') as folder,
			a.file_name as first, a.file_offset as start, b.file_name as last, b.file_offset as end
		from pg_walfile_name_offset('${mark}') a,
			pg_walfile_name_offset(pg_current_wal_flush_lsn()) b`
	);
	if (!place || !existsSync(place.folder)) return [];
	const { folder, first, last, start, end } = place;
	return readdirSync(join(folder, 'pg_wal'))
		.filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
		.map((name) => {
			const whole = readFileSync(join(folder, 'pg_wal', name));
			const bytes = whole.subarray(name === first ? start : 0, name === last ? end : whole.length);
			return { name: `the log of PostgreSQL (${name})`, bytes };
		});
}

interface LogRange {
	/** Offsets within the first and the last file. */
	start: number;
	end: number;
}

/** Notes every answer that the process gives from now on: where it led, headers and content. */
export function noteAnswers(): { answers: Haystack[]; stop(): void } {
	const answers: Haystack[] = [];
	const original = globalThis.fetch;
	globalThis.fetch = async (input, init) => {
		const response = await original(input, init);
		const content = Buffer.from(await response.clone().arrayBuffer());
		const led = response.redirected ? response.url : '';
		const head = JSON.stringify([led, [...response.headers]]);
		answers.push({
			name: `the answer ${answers.length + 1} (${init?.method ?? 'GET'} ${response.status})`,
			bytes: Buffer.concat([Buffer.from(head), content])
		});
		return response;
	};
	return { answers, stop: () => void (globalThis.fetch = original) };
}

/** A merchant's server that keeps what it is told. */
export async function openHook(): Promise<{
	url: string;
	messages: Haystack[];
	close(): Promise<void>;
}> {
	const messages: Haystack[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [Buffer.from(JSON.stringify(request.headers))];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		messages.push({ name: `the webhook ${messages.length + 1}`, bytes: Buffer.concat(chunks) });
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		messages,
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		}
	};
}
