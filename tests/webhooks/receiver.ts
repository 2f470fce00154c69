import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	/** The exact bytes. */
	body: Buffer;
}

/** Answers a request, or leaves it hanging. */
export type Answer = (response: ServerResponse, received: Received) => void;

export function answerWith(status: number, headers: Record<string, string> = {}): Answer {
	return (response) => response.writeHead(status, headers).end();
}

/**
 * A merchant's server: keeps what it gets and answers as `answer` says, which a test may change.
 * It closes with the test.
 */
export async function openReceiver(answer: Answer = answerWith(200)) {
	const received: Received[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const message = {
			path: request.url ?? '',
			headers: request.headers,
			body: Buffer.concat(chunks)
		};
		received.push(message);
		receiver.answer(response, message);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const receiver = {
		url: `http://127.0.0.1:${port}/hook`,
		received,
		answer,
		close() {
			server.closeAllConnections();
			return new Promise<unknown>((resolve) => server.close(resolve));
		}
	};
	onTestFinished(async () => {
		await receiver.close();
	});
	return receiver;
}
