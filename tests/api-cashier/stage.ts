import { afterAll, beforeAll, describe } from 'vitest';
import { readConfig } from '../../src/lib/server/config';
import { openContext, type Context } from '../../src/lib/server/context';
import {
	createApplication,
	createMerchant,
	setApplicationMode
} from '../../src/lib/server/merchants/create-application';
import { createApiKey } from '../../src/lib/server/merchants/api-keys';
import { createProviderAccount } from '../../src/lib/server/merchants/provider-accounts';
import { saveAccountSettings } from '../../src/lib/server/routing/account-settings';
import { simulatorCredentials } from '../../src/lib/server/simulator/credentials';
import { startApp, type App, type AppEngine } from '../app';

/** An application with a key for each mode. */
export interface Merchant {
	merchantId: string;
	applicationId: string;
	/** The account at the simulator, for test mode. */
	accountId: number;
	testKey: string;
	liveKey: string;
}

/** The built server on a database of its own, and a look at that database from outside. */
export interface Stage {
	app: App;
	context: Context;
	/** The one that the suite's calls come from unless it says otherwise. */
	merchant: Merchant;
	call(call: Call): Promise<Reply>;
	/** Rows that opening a session writes. */
	countRows(): Promise<number>;
}

interface Call {
	path?: string;
	/** Sent as it is; what is neither text nor bytes as JSON. None: a GET. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Null: no key at all. */
	key?: string | null;
}

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The answer's JSON; empty where it is none. */
	json: Answer;
}

interface Answer {
	token?: string;
	url?: string;
	transaction_id?: string;
	message?: string;
	error?: string;
	code?: string;
	errors?: { field: string; message: string }[];
	request_id?: string;
	transaction_status?: string;
	rejected_reason?: string;
}

/** The limits of use are not what these suites are about. */
const unlimited = { CASHDESK_CALLS_PER_MINUTE: '999999999' };

/** Runs a suite against the built server, once with each engine. */
export function describeApi(name: string, suite: (stage: Stage, engine: AppEngine) => void): void {
	describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (engine) => {
		const stage = {} as Stage;
		beforeAll(async () => {
			const app = await startApp({ engine, env: unlimited });
			const context = await openContext(
				readConfig({
					PORT: String(app.place.port),
					CASHDESK_DATA_DIR: app.dataDir,
					DATABASE_URL: app.place.databaseUrl
				})
			);
			const merchant = await addMerchant(context, 'Ladle & Co');
			Object.assign(stage, {
				app,
				context,
				merchant,
				call: (call: Call) => send(app, merchant, call),
				countRows: () => countRows(context)
			});
		});
		afterAll(async () => {
			await stage.context?.db.close();
			await stage.app?.stop();
		});
		suite(stage, engine);
	});
}

/** A merchant who can take cards in test mode, with an application and its keys. */
export function addMerchant(context: Context, name: string): Promise<Merchant> {
	return context.db.inTransaction(async (tx) => {
		const merchantId = await createMerchant(context, tx, name);
		const applicationId = await createApplication(context, tx, {
			merchantId,
			dialect: 'cashier',
			name,
			frameOrigins: [],
			returnOrigins: []
		});
		for (const mode of ['test', 'live'] as const) {
			const webhookUrl = 'https://merchant.invalid/hook';
			await setApplicationMode(context, tx, { applicationId, mode, webhookUrl });
		}
		const accountId = await createProviderAccount(context, tx, {
			merchantId,
			mode: 'test',
			provider: 'simulator',
			credentials: simulatorCredentials(context)
		});
		const label = 'tests';
		return {
			merchantId,
			applicationId,
			accountId,
			testKey: await createApiKey(context, tx, { applicationId, mode: 'test', label }),
			liveKey: await createApiKey(context, tx, { applicationId, mode: 'live', label })
		};
	});
}

/** Opens one more account of a merchant at the simulator; returns its number. */
export function addAccount(
	context: Context,
	{ merchantId }: Merchant,
	{
		credentials,
		settings
	}: {
		credentials?: Record<string, string>;
		settings?: Parameters<typeof saveAccountSettings>[3];
	}
): Promise<number> {
	return context.db.inTransaction(async (tx) => {
		const id = await createProviderAccount(context, tx, {
			merchantId,
			mode: 'test',
			provider: 'simulator',
			credentials: { ...simulatorCredentials(context), ...credentials }
		});
		if (settings) await saveAccountSettings(context, tx, id, settings);
		return id;
	});
}

async function send(
	{ origin }: App,
	{ testKey }: Merchant,
	{ path = '/api/v1/cashier', body, headers, key = testKey }: Call
): Promise<Reply> {
	const isRaw = typeof body === 'string' || body instanceof Uint8Array;
	const response = await fetch(origin + path, {
		headers: {
			...(key !== null && { 'x-api-key': key }),
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers
		},
		...(body !== undefined && {
			method: 'POST',
			body: isRaw ? (body as BodyInit) : JSON.stringify(body)
		})
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): Answer {
	try {
		return JSON.parse(text) as Answer;
	} catch {
		return {};
	}
}

async function countRows({ db }: Context): Promise<number> {
	const count = async (table: 'sessions' | 'transactions' | 'events') => {
		const { rows } = await db.read
			.selectFrom(table)
			.select(({ fn }) => fn.countAll<number>().as('rows'))
			.executeTakeFirstOrThrow();
		return Number(rows);
	};
	return (await count('sessions')) + (await count('transactions')) + (await count('events'));
}
