import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as a merchant's server got it. */
export interface HeardWebhook {
	headers: IncomingHttpHeaders;
	body: string;
}

/**
 * Listens on this machine until `count` webhooks have come, after `act` made them come; answers each
 * with 204.
 */
export async function hearWebhooks(
	act: (address: string) => Promise<void>,
	{ count = 1, port = 0 } = {}
): Promise<HeardWebhook[]> {
	const heard: HeardWebhook[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			response.writeHead(204).end();
			heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
			if (heard.length >= count) server.emit('enough');
		});
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const enough = once(server, 'enough', { signal: AbortSignal.timeout(20_000) });
	try {
		await act(`http://localhost:${(server.address() as AddressInfo).port}/`);
		await enough;
	} finally {
		server.closeAllConnections();
		server.close();
	}
	return heard;
}
