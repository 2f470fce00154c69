// receive.mjs: run it with `node receive.mjs` in Cashdesk's folder, where the demo's keys are.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const keys = JSON.parse(readFileSync('data/demo.json', 'utf8'));

const server = createServer(async (request, response) => {
	// The bytes as they came: a body that was parsed and written again may differ.
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	const body = Buffer.concat(chunks);

	// One address for each API: /cashier, /charges, /checkout.
	const secret = String(keys[String(request.url).slice(1)]?.webhook_secret ?? '');
	// The secret's bytes: base64 after whsec_, else the text as it is.
	const key = secret.startsWith('whsec_')
		? Buffer.from(secret.slice('whsec_'.length), 'base64')
		: Buffer.from(secret);

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
	const isTaken = secret !== '' && isFresh && isGenuine;
	if (isTaken) console.log(JSON.parse(body.toString()));
	response.writeHead(isTaken ? 204 : 401).end();
});
server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1');
