import { createServer, type IncomingMessage } from 'node:http';
import compression from 'compression';
import { ConfigError, readConfig, type Config } from './lib/server/config.ts';

/**
 * The process: checks the configuration, mounts the built app on an HTTP server with limits, and
 * stops gracefully. Started by `node src/server.ts` after `npm run build`.
 */
const config = loadConfig();

// The built app reads these when it is loaded.
process.env.ORIGIN = config.origin;
process.env.BODY_SIZE_LIMIT = String(256 * 1024);
if (config.addressHeader) process.env.ADDRESS_HEADER = config.addressHeader;
const built = new URL('../build/handler.js', import.meta.url).href;
const { handler } = (await import(built)) as {
	handler: (request: unknown, response: unknown, next: () => void) => void;
};

const compress = compression({ threshold: 1024 });
// Node looks for connections over their time limit at this interval, by itself every 30 s.
const server = createServer({ connectionsCheckingInterval: 1000 }, (request, response) => {
	response.setHeader('x-content-type-options', 'nosniff');
	response.once('finish', () => {
		if (!request.complete) runOff(request);
		// While stopping, a connection that has its answer is not kept for another request.
		if (!server.listening) setImmediate(() => server.closeIdleConnections());
	});
	compress(request as never, response as never, () => {
		handler(request, response, () => {
			response.statusCode = 404;
			response.end();
		});
	});
});

server.headersTimeout = 10_000;
server.requestTimeout = 30_000;
server.keepAliveTimeout = 65_000;
server.maxHeadersCount = 100;
server.on('clientError', (_error, socket) => {
	if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
});
server.on('error', (error) => {
	process.stderr.write(`Cannot listen on ${config.host}:${config.port}: ${error.message}\n`);
	process.exit(1);
});
server.listen(config.port, config.host, () => {
	const demo = config.live ? '' : `  Demo shop: ${config.origin}/demo\n`;
	process.stdout.write(`Cashdesk is ready at ${config.origin}\n${demo}`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

/** A body that no handler read to its end must not keep the connection from its next request. */
function runOff(request: IncomingMessage) {
	request.removeAllListeners('data');
	request.resume();
}

/** Finishes the requests in flight, then the worker's round, then closes the database. */
async function stop() {
	const hardStop = setTimeout(() => process.exit(1), config.stopGraceMs + 5000);
	hardStop.unref();
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
		setTimeout(() => server.closeAllConnections(), config.stopGraceMs).unref();
	});
	const waits: Promise<void>[] = [];
	process.emit('cashdesk:stop' as never, ((done: Promise<void>) => waits.push(done)) as never);
	await Promise.all(waits);
	process.exit(0);
}

function loadConfig(): Config {
	try {
		return readConfig(process.env);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	}
}
