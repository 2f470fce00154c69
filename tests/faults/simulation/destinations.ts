import { Webhook } from 'standardwebhooks';
import type { GuardedFetch } from '../../../src/lib/server/outgoing/guarded-fetch.ts';
import { receiveNotification } from '../../../src/lib/server/payments/receive-notification.ts';
import { handleAcquirerRequest } from '../../../src/lib/server/simulator/handle-acquirer-request.ts';
import { anyProcess, serve } from './process.ts';
import { isInjected } from './thrown.ts';
import { calm } from './weather.ts';
import { count, permille, type World } from './world.ts';

type Request = Parameters<GuardedFetch>[1];
export type Answer = Awaited<ReturnType<GuardedFetch>>;

/** Where a request goes. */
export interface Destination {
	name: string;
	/** What happens there; `hang`: it never answers. */
	deliver(): Promise<Answer | 'hang'>;
}

export const webhookUrl = 'https://shop.example/webhook';

export function destinationOf(world: World, url: string, request: Request): Destination {
	const { origin, pathname } = new URL(url);
	if (url === webhookUrl) return { name: 'webhook', deliver: async () => take(world, request) };
	if (origin !== world.config.selfOrigin) throw new Error(`Nobody lives at ${url}`);
	const path = /^\/simulator\/acquirer(\/.*)$/.exec(pathname)?.[1];
	if (path) {
		const verb = path.replace(/[0-9a-f-]{36}/g, '…');
		return {
			name: `${request.method} ${verb}`,
			deliver: () => askAcquirer(world, path, request)
		};
	}
	const [, provider, account] = /^\/provider-callbacks\/(\w+)\/(\d+)$/.exec(pathname) ?? [];
	if (!provider || !account) throw new Error(`Nobody lives at ${url}`);
	return {
		name: 'notification',
		deliver: () => notify(world, { provider, account: Number(account) }, request)
	};
}

/** The acquirer commits before it answers; what one request does there is not interrupted. */
async function askAcquirer(
	world: World,
	path: string,
	{ method, headers, body }: Request
): Promise<Answer | 'hang'> {
	const told = new Headers(headers);
	// Whoever is silent speaks again once the weather has cleared, or nothing would ever be decided.
	if (world.weather === calm && told.get('simulator-temper') === 'silent') {
		told.set('simulator-temper', 'steady');
	}
	const answer = await handleAcquirerRequest(world.acquirer, {
		method,
		path,
		headers: told,
		body: String(body ?? '')
	});
	return answer === 'hang' ? answer : { ...answer, truncated: false };
}

async function notify(
	world: World,
	{ provider, account }: { provider: string; account: number },
	{ headers, body }: Request
): Promise<Answer> {
	const process = anyProcess(world);
	const message = { headers: new Headers(headers), body: String(body) };
	try {
		const result = await serve(process, () =>
			receiveNotification(process.context, provider, account, message)
		);
		count(world, `notification ${result}`);
		return plain(result === 'stored' ? 200 : 401);
	} catch (error) {
		if (isInjected(error)) return plain(500);
		throw error;
	}
}

/** The merchant's server: checks the signature, then takes or refuses. */
function take(world: World, { headers = {}, body }: Request): Answer {
	const id = headers['webhook-id'] ?? '';
	const text = String(body);
	try {
		// The library checks the time against the system's clock, which is not this world's.
		const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
		const expected = new Webhook(world.merchant.webhookSecret).sign(id, at, text);
		if (headers['webhook-signature'] !== expected) throw new Error('another signature');
	} catch (error) {
		world.forged.push(`${id}: ${String(error)}`);
	}
	const taken = !permille(world.random, world.weather.webhookRefused);
	world.arrivals.push({ id, body: text, taken });
	count(world, taken ? 'webhook taken' : 'webhook refused');
	return plain(taken ? 200 : 503);
}

function plain(status: number): Answer {
	return { status, headers: {}, body: '', truncated: false };
}
