// receive.mjs: run it with `node receive.mjs` in Cashdesk's folder, where the demo's keys are.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { cashier } = JSON.parse(readFileSync('data/demo.json', 'utf8'));
const key = Buffer.from(cashier.webhook_secret.slice('whsec_'.length), 'base64');

const server = createServer(async (request, response) => {
	// The bytes as they came: a body that was parsed and written again may differ.
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	const body = Buffer.concat(chunks);

	const id = request.headers['webhook-id'];
	const timestamp = request.headers['webhook-timestamp'];
	const signatures = String(request.headers['webhook-signature'])
		.split(' ')
		.map((one) => Buffer.from(one));
	const signed = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
	const expected = Buffer.from(`v1,${signed.digest('base64')}`);

	const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
	const isGenuine = signatures.some(
		(one) => one.length === expected.length && timingSafeEqual(one, expected)
	);
	if (isFresh && isGenuine) console.log(JSON.parse(body.toString()));
	response.writeHead(isFresh && isGenuine ? 204 : 401).end();
});
server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1');
