import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { makePlace, removePlace, spawnApp, type AppPlace } from '../app';

const places: AppPlace[] = [];
afterEach(async () => {
	for (const place of places.splice(0)) await removePlace(place);
});

async function start(env: Record<string, string>) {
	const place = await makePlace('sqlite');
	places.push(place);
	const running = spawnApp(place, env);
	return { code: await running.exit, printed: running.logs() };
}

const secret = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64');
const live = {
	CASHDESK_LIVE: 'true',
	CASHDESK_SECRET: secret,
	ORIGIN: 'https://pay.example',
	CASHDESK_ADDRESS_HEADER: 'x-forwarded-for'
};

test.each<[variable: string, env: Record<string, string>]>([
	['PORT', { PORT: 'http' }],
	['PORT', { PORT: '65536' }],
	['ORIGIN', { ORIGIN: 'pay.example' }],
	['ORIGIN', { ORIGIN: 'https://pay.example/shop' }],
	['ORIGIN', { ...live, ORIGIN: 'http://pay.example' }],
	['ORIGIN', { ...live, ORIGIN: '' }],
	['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/cashdesk' }],
	['CASHDESK_LIVE', { CASHDESK_LIVE: 'yes' }],
	['CASHDESK_SECRET', { CASHDESK_SECRET: 'short' }],
	['CASHDESK_SECRET', { CASHDESK_SECRET: Buffer.alloc(32).toString('base64') }],
	['CASHDESK_SECRET', { ...live, CASHDESK_SECRET: '' }],
	['CASHDESK_ADDRESS_HEADER', { ...live, CASHDESK_ADDRESS_HEADER: '' }],
	['CASHDESK_ADDRESS_HEADER', { CASHDESK_ADDRESS_HEADER: 'not a header' }],
	['CASHDESK_DEMO_ORIGINS', { CASHDESK_DEMO_ORIGINS: 'http://localhost:8080/shop' }],
	['CASHDESK_LOG_LEVEL', { CASHDESK_LOG_LEVEL: 'loud' }],
	['CASHDESK_CALLS_PER_MINUTE', { CASHDESK_CALLS_PER_MINUTE: '-1' }],
	['CASHDESK_FORMS_PER_MINUTE', { CASHDESK_FORMS_PER_MINUTE: '1e3' }]
])('a faulty %s ends the start with its name: %o', async (variable, env) => {
	const { code, printed } = await start(env);
	expect(code).toBe(1);
	// One line for a person, not a stack.
	expect(printed.trim().split('\n'), printed).toHaveLength(1);
	expect(printed).toContain(variable);
	const given = env[variable];
	if (variable === 'CASHDESK_SECRET' && given) expect(printed).not.toContain(given);
});

test('a port that is taken ends the start and is named', async () => {
	const place = await makePlace('sqlite');
	places.push(place);
	const other = createServer();
	await new Promise<void>((resolve) => other.listen(place.port, '127.0.0.1', resolve));
	try {
		const running = spawnApp(place);
		expect(await running.exit).toBe(1);
		expect(running.logs()).toContain(String(place.port));
	} finally {
		await new Promise((resolve) => other.close(resolve));
	}
});

test('a database that cannot be reached ends the start', async () => {
	const { code, printed } = await start({ DATABASE_URL: 'postgres://x:hidden-word@127.0.0.1:9/x' });
	expect(code).toBe(1);
	expect(printed).not.toContain('hidden-word');
});
