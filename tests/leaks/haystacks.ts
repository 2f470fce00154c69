import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { App } from '../app';
import type { Ledger } from '../faults/ledger';
import type { Haystack } from './find-leaks';

/** Everything that one app leaves behind: files, rows, PostgreSQL's own log of changes, output. */
export async function gather(app: App, ledger: Ledger, since: number): Promise<Haystack[]> {
	return [
		...filesIn(app.dataDir),
		{ name: 'the output of the process', bytes: Buffer.from(app.logs()) },
		...(app.place.databaseUrl ? await postgresTraces(ledger, since) : await sqliteRows(ledger))
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

async function postgresTraces(ledger: Ledger, since: number): Promise<Haystack[]> {
	const tables = await ledger.select<{ name: string }>(
		`select tablename as name from pg_tables where schemaname = 'public'`
	);
	const rows: Haystack[] = [];
	for (const { name } of tables) {
		const sql = `select row_to_json(t)::text as row from "${name}" t`;
		rows.push(await rowsOf(ledger, name, sql));
	}
	return [...rows, ...(await writeAheadLog(ledger, since))];
}

async function rowsOf(ledger: Ledger, table: string, sql: string): Promise<Haystack> {
	const rows = await ledger.select<object>(sql);
	return { name: `the table ${table}`, bytes: Buffer.from(rows.map(writeRow).join('\n')) };
}

function writeRow(row: object): string {
	return JSON.stringify(row).replaceAll('\\"', '"');
}

/** What was inserted and deleted again is still there. Empty where the server is another machine. */
async function writeAheadLog(ledger: Ledger, since: number): Promise<Haystack[]> {
	const [row] = await ledger.select<{ setting: string }>(
		`select setting from pg_settings where name = 'data_directory'`
	);
	const folder = join(row?.setting ?? '', 'pg_wal');
	try {
		return filesIn(folder).filter(({ name }) => {
			const path = join(folder, name.replace('the file ', ''));
			return statSync(path).mtimeMs >= since;
		});
	} catch {
		return [];
	}
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
