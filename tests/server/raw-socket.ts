import { connect, type Socket } from 'node:net';

/** A connection that speaks bytes, for what no well-behaved client sends. */
export interface RawSocket {
	socket: Socket;
	/** What came so far. */
	received(): string;
	/** Resolves once what came matches, or with all that came when the other side has closed. */
	until(pattern: RegExp): Promise<string>;
	/** Resolves when the connection is closed. */
	closed: Promise<void>;
}

export async function openSocket(port: number, host = '127.0.0.1'): Promise<RawSocket> {
	const socket = connect({ port, host });
	let text = '';
	let look = () => {};
	socket.on('data', (chunk: Buffer) => {
		text += chunk.toString('latin1');
		look();
	});
	let isClosed = false;
	const closed = new Promise<void>((resolve) =>
		socket.once('close', () => {
			isClosed = true;
			look();
			resolve();
		})
	);
	// A reset is an end like any other here.
	socket.on('error', () => undefined);
	await new Promise((resolve) => socket.once('connect', resolve));
	return {
		socket,
		received: () => text,
		until: (pattern) =>
			new Promise((resolve) => {
				look = () => {
					if (pattern.test(text) || isClosed) resolve(text);
				};
				look();
			}),
		closed
	};
}
