import { randomUUID } from 'node:crypto';
import { beforeAll, expect } from 'vitest';
import { chargeAnswer, type Charge } from '$lib/server/api-charges/answers';
import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { issueAccessToken } from '$lib/server/merchants/access-tokens';
import {
	createApiClient,
	findApiClient,
	type ClientCredentials
} from '$lib/server/merchants/api-clients';
import {
	createApplication,
	createMerchant,
	setApplicationMode
} from '$lib/server/merchants/create-application';
import { createProviderAccount } from '$lib/server/merchants/provider-accounts';
import { simulatorCredentials } from '$lib/server/simulator/credentials';
import type { App, AppEngine } from '../app';
import { describeApi } from '../api-cashier/stage';

/** A merchant of the Charges API who can take cards in test mode, with a client for each mode. */
export interface ChargesMerchant {
	merchantId: string;
	applicationId: string;
	clients: Record<Mode, ClientCredentials>;
	/** Of the client for test mode. */
	token: string;
	webhookSecret: string;
}

interface Call {
	method?: string;
	path?: string;
	/** Sent as it is; what is no text as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Null: none at all. */
	token?: string | null;
}

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	json: Record<string, unknown> & { error?: Refusal };
}

interface Refusal {
	type: string;
	code: string;
	message: string;
	param?: string;
	request_id: string;
}

export interface ChargesStage {
	app: App;
	context: Context;
	/** The one that calls come from unless they say otherwise. */
	merchant: ChargesMerchant;
	call(call: Call): Promise<Reply>;
	/** Creates a charge of an order and reads the answer by its schema. */
	create(order?: object, token?: string): Promise<Charge>;
	/** Rows that opening a session writes. */
	countRows(): Promise<number>;
}

/** Runs a suite against the built server, once with each engine. */
export function describeCharges(
	name: string,
	suite: (stage: ChargesStage, engine: AppEngine) => void
): void {
	describeApi(name, (api, engine) => {
		const stage = {} as ChargesStage;
		beforeAll(async () => {
			const { app, context, countRows } = api;
			const merchant = await addChargesMerchant(context, 'Souk & Sons');
			const call = (one: Call) => send(app, merchant, one);
			const create = async (order: object = someCharge(), token?: string) => {
				const reply = await call({ body: order, ...(token && { token }) });
				expect(reply.status, reply.text).toBe(201);
				return chargeAnswer.parse(reply.json);
			};
			Object.assign(stage, { app, context, merchant, call, create, countRows });
		});
		suite(stage, engine);
	});
}

export async function addChargesMerchant(
	context: Context,
	name: string,
	returnOrigins: string[] = []
): Promise<ChargesMerchant> {
	const merchant = await context.db.inTransaction(async (tx) => {
		const merchantId = await createMerchant(context, tx, name);
		const applicationId = await createApplication(context, tx, {
			merchantId,
			dialect: 'charges',
			name,
			frameOrigins: [],
			returnOrigins
		});
		const open = (mode: Mode) =>
			setApplicationMode(context, tx, { applicationId, mode, webhookUrl: null });
		const client = (mode: Mode) =>
			createApiClient(context, tx, {
				merchantId,
				applicationId,
				dialect: 'charges',
				mode,
				label: 'tests'
			});
		const { webhookSecret } = await open('test');
		await open('live');
		await createProviderAccount(context, tx, {
			merchantId,
			mode: 'test',
			provider: 'simulator',
			credentials: simulatorCredentials(context)
		});
		const clients = { test: await client('test'), live: await client('live') };
		return { merchantId, applicationId, clients, webhookSecret };
	});
	return { ...merchant, token: await tokenOf(context, merchant.clients.test) };
}

/** A token of a client, without a call for it. */
export async function tokenOf(context: Context, credentials: ClientCredentials): Promise<string> {
	const client = await findApiClient(context, 'charges', credentials);
	if (!client) throw new Error('No such client');
	return issueAccessToken(context, client, 3300);
}

/** The seed's example of a charge, with addresses and a fresh reference. */
export function someCharge() {
	return {
		amount: 2000,
		currency: 'YER',
		description: 'Purchase of a watch',
		redirect_url: 'https://shop.example/thanks?basket=7',
		post_url: 'http://127.0.0.1:9/hook',
		reference: randomUUID() as string
	};
}

async function send(
	{ origin }: App,
	merchant: ChargesMerchant,
	{ method, path = '/v1/charges', body, headers, token = merchant.token }: Call
): Promise<Reply> {
	const isJson = body !== undefined && typeof body !== 'string';
	const response = await fetch(origin + path, {
		method: method ?? (body === undefined ? 'GET' : 'POST'),
		headers: {
			...(token !== null && { authorization: `Bearer ${token}` }),
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers
		},
		...(body !== undefined && { body: isJson ? JSON.stringify(body) : String(body) })
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): Reply['json'] {
	try {
		return JSON.parse(text) as Reply['json'];
	} catch {
		return {};
	}
}
