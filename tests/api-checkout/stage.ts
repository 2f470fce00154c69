import { randomUUID } from 'node:crypto';
import { beforeAll, expect } from 'vitest';
import type { z } from 'zod';
import { answers } from '$lib/server/api-checkout/answers';
import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { issueAccessToken } from '$lib/server/merchants/access-tokens';
import {
	createApiClient,
	findApiClient,
	type ClientCredentials
} from '$lib/server/merchants/api-clients';
import { createApiKey } from '$lib/server/merchants/api-keys';
import {
	createApplication,
	createMerchant,
	setApplicationMode,
	type NewApplication
} from '$lib/server/merchants/create-application';
import { createProviderAccount } from '$lib/server/merchants/provider-accounts';
import { simulatorCredentials } from '$lib/server/simulator/credentials';
import type { App, AppEngine } from '../app';
import { describeApi } from '../api-cashier/stage';

/** An application of the Checkout API in test mode. */
export interface TestApplication {
	id: string;
	clientId: string;
	/** A client token that is good for everything a client token can be good for. */
	token: string;
	webhookSecret: string;
}

export interface CheckoutMerchant {
	merchantId: string;
	application: TestApplication;
	client: ClientCredentials;
	/** An access token of the merchant. */
	accessToken: string;
}

export interface Call {
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
	json: unknown;
}

export interface CheckoutStage {
	app: App;
	context: Context;
	/** The one that calls come from unless they say otherwise: with its application's token. */
	merchant: CheckoutMerchant;
	call(call: Call): Promise<Reply>;
	/** Opens a checkout and reads the answer by its schema. */
	open(order?: object, token?: string): Promise<{ id: string; checkoutUrl: string }>;
	/** Reads a payment with the merchant's access token. */
	read(id: string): Promise<Payment>;
	countRows(): Promise<number>;
}

type Payment = z.infer<typeof answers.payment>['data'];

/** Runs a suite against the built server, once with each engine. */
export function describeCheckout(
	name: string,
	suite: (stage: CheckoutStage, engine: AppEngine) => void
): void {
	describeApi(name, (api, engine) => {
		const stage = {} as CheckoutStage;
		beforeAll(async () => {
			const { app, context, countRows } = api;
			const merchant = await addCheckoutMerchant(context, 'Kettle & Sons');
			const call = (one: Call) => send(app, merchant, one);
			const open = async (order: object = orderOf(merchant), token?: string) => {
				const reply = await call({ body: order, ...(token && { token }) });
				return dataOf('checkout', reply);
			};
			const read = async (id: string) => {
				const { accessToken: token } = merchant;
				return dataOf('payment', await call({ path: `/api/payment/${id}`, token }));
			};
			Object.assign(stage, { app, context, merchant, call, open, read, countRows });
		});
		suite(stage, engine);
	});
}

type Answers = typeof answers;

/** What an answer says, read by its schema. */
export function answerOf<Name extends keyof Answers>(
	name: Name,
	{ status, text, json }: Reply,
	expected = 200
): z.infer<Answers[Name]> {
	expect(status, text).toBe(expected);
	return answers[name].parse(json) as z.infer<Answers[Name]>;
}

type WithData = {
	[Name in keyof Answers]: z.infer<Answers[Name]> extends { data: unknown } ? Name : never;
}[keyof Answers];

export function dataOf<Name extends WithData>(
	name: Name,
	reply: Reply,
	expected = 200
): (z.infer<Answers[Name]> & { data: unknown })['data'] {
	return (answerOf(name, reply, expected) as z.infer<Answers[Name]> & { data: unknown }).data;
}

/** A refusal in the contract's shape; returns what it says. */
export function refusalOf(reply: Reply, expected: number): z.infer<Answers['error']> {
	expect(reply.headers.get('content-type')).toBe('application/json');
	return answerOf('error', reply, expected);
}

/** A merchant who can be paid in test mode, with one application and a client. */
export async function addCheckoutMerchant(
	context: Context,
	name: string
): Promise<CheckoutMerchant> {
	const { merchantId, client } = await context.db.inTransaction(async (tx) => {
		const merchantId = await createMerchant(context, tx, name);
		await createProviderAccount(context, tx, {
			merchantId,
			mode: 'test',
			provider: 'simulator',
			credentials: simulatorCredentials(context)
		});
		const client = await createApiClient(context, tx, {
			merchantId,
			applicationId: null,
			dialect: 'checkout',
			mode: 'test',
			label: 'tests'
		});
		return { merchantId, client };
	});
	const application = await addCheckoutApplication(context, merchantId);
	return { merchantId, application, client, accessToken: await accessTokenOf(context, client) };
}

interface Wanted extends Partial<NewApplication> {
	mode?: Mode;
	webhookUrl?: string;
	webhookSecret?: string;
}

/** One more application of a merchant, with a client token for everything. */
export async function addCheckoutApplication(
	context: Context,
	merchantId: string,
	{ mode = 'test', webhookUrl, webhookSecret, ...wanted }: Wanted = {}
): Promise<TestApplication> {
	const made = await context.db.inTransaction(async (tx) => {
		const id = await createApplication(context, tx, {
			merchantId,
			dialect: 'checkout',
			name: 'Shop',
			frameOrigins: [],
			returnOrigins: ['https://shop.example'],
			url: 'https://shop.example',
			...wanted
		});
		const opened = { applicationId: id, mode, webhookUrl: webhookUrl ?? null, webhookSecret };
		const secrets = await setApplicationMode(context, tx, opened);
		const key = { applicationId: id, mode, label: 'tests', scopes: ['*'] };
		const token = await createApiKey(context, tx, key);
		return { id, token, webhookSecret: secrets.webhookSecret };
	});
	const { client_id } = await context.db.read
		.selectFrom('applications')
		.select('client_id')
		.where('id', '=', made.id)
		.executeTakeFirstOrThrow();
	return { ...made, clientId: client_id ?? '' };
}

/** A token of a client, without a call for it. */
export async function accessTokenOf(
	context: Context,
	credentials: ClientCredentials,
	seconds = 3600
): Promise<string> {
	const client = await findApiClient(context, 'checkout', credentials);
	if (!client) throw new Error('No such client');
	return issueAccessToken(context, client, seconds);
}

/** An order of $100.00 for a merchant's application, under a fresh reference. */
export function orderOf({ application }: Pick<CheckoutMerchant, 'application'>) {
	return {
		amount: 10_000,
		currencyCode: 'USD',
		reference: randomUUID(),
		referenceLabel: 'Order #123',
		clientId: application.clientId
	};
}

async function send(
	{ origin }: App,
	{ application }: CheckoutMerchant,
	{ method, path = '/api/payment/checkout', body, headers, token = application.token }: Call
): Promise<Reply> {
	const isJson = body !== undefined && typeof body !== 'string';
	const response = await fetch(origin + path, {
		method: method ?? (body === undefined ? 'GET' : 'POST'),
		redirect: 'manual',
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

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
