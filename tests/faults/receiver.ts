import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Random } from './random.ts';

/** A webhook whose signatures were right. */
export interface Arrival {
	/** Of the delivery: the same when it comes again. */
	id: string;
	transactionId: string;
	status: string;
	amount: string;
	/** Whether it was answered with 200. */
	taken: boolean;
}

export interface Receiver {
	url: string;
	arrivals: Arrival[];
	/** What came and was not signed as the contract says. */
	forged: string[];
	close(): Promise<void>;
}

export interface Secrets {
	signature_password: string;
	webhook_secret: string;
}

/**
 * A merchant's server that is not always well: some deliveries it answers with 500 when they come
 * for the first time, after which they come again within seconds.
 */
export async function openReceiver(secrets: Secrets, random: Random): Promise<Receiver> {
	const arrivals: Arrival[] = [];
	const forged: string[] = [];
	const seen = new Set<string>();
	const server = createServer(async (request, response) => {
		const body = await readWhole(request);
		const fault = faultOf(request, body, secrets);
		if (fault) {
			forged.push(fault);
			response.writeHead(400).end();
			return;
		}
		const id = String(request.headers['webhook-id']);
		const taken = seen.has(id) || !random.percent(15);
		seen.add(id);
		const { transaction_id, status, amount } = JSON.parse(body) as Record<string, string>;
		arrivals.push({
			id,
			transactionId: transaction_id ?? '',
			status: status ?? '',
			amount: amount ?? '',
			taken
		});
		response.writeHead(taken ? 200 : 500).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		arrivals,
		forged,
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		}
	};
}

/** Both ways of signing are checked, as the contract describes them to merchants. */
function faultOf({ headers }: IncomingMessage, body: string, secrets: Secrets): string | undefined {
	const signature = createHash('sha1')
		.update(body + secrets.signature_password)
		.digest('hex')
		.toUpperCase();
	if (headers['x-signature'] !== signature) return 'x-signature is wrong';
	try {
		new Webhook(secrets.webhook_secret).verify(body, headers as Record<string, string>);
		return undefined;
	} catch (error) {
		return `the Standard Webhooks headers are wrong: ${String(error)}`;
	}
}

/** A sender that is killed breaks off: what came then is no webhook. */
async function readWhole(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of request) chunks.push(chunk as Buffer);
	} catch {
		return '';
	}
	return Buffer.concat(chunks).toString('utf8');
}
