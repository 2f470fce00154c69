import { createServer, type RequestListener } from 'node:http';
import {
	createServer as createTcpServer,
	type AddressInfo,
	type Server,
	type Socket
} from 'node:net';

const servers = new Set<Server>();
const sockets = new Set<Socket>();

export interface LocalServer {
	port: number;
	/** How many connections it was sent. */
	connections: () => number;
}

export async function listen(server: Server): Promise<LocalServer> {
	let connections = 0;
	server.on('connection', (socket) => {
		connections++;
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => undefined);
	});
	servers.add(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

export function serve(listener: RequestListener): Promise<LocalServer> {
	return listen(createServer(listener));
}

/** A server that answers with these bytes, whatever is asked, and keeps the connection open. */
export function serveRaw(answer: string): Promise<LocalServer> {
	return listen(createTcpServer((socket) => socket.once('data', () => socket.write(answer))));
}

export async function close(server: Server): Promise<void> {
	servers.delete(server);
	await new Promise((done) => server.close(done));
}

export async function closeServers(): Promise<void> {
	for (const socket of sockets) socket.destroy();
	await Promise.all([...servers].map(close));
}
