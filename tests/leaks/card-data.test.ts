import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removePlace, startApp, type App } from '../app';
import { startPostgres } from '../postgres';
import { openLedger, type Ledger } from '../faults/ledger';
import { findForm, submit, visit, type Page, type TypedCard } from '../faults/payer';
import { findLeaks, needlesFor, type Haystack } from './find-leaks';
import { gather, markLog, noteAnswers, openHook } from './haystacks';

/** Cards by what becomes of them. None is among those that the page itself shows as test cards. */
const cards = {
	approved: '5555555555554444',
	approvedAmex: '378282246310005',
	garbled: '4000000000005035',
	poor: '4000000000009995',
	hanging: '4000000000005019',
	unknown: '4539578763621486',
	faulty: '4539578763621487',
	short: '453957876362',
	unsupported: '6011601160116611'
};
/** Long enough, or in places few enough, not to be met by chance. */
const codes = { amex: '7391', wrong: '73916482' };
const secrets = { cards: Object.values(cards), codes: Object.values(codes) };

const good: TypedCard = { number: cards.unknown, expiry: '12/34', code: '731', name: 'A. Payer' };

describe.each(['sqlite', 'postgres'] as const)('card data on %s', (engine) => {
	let app: App;
	let ledger: Ledger;
	let mark: string | null;
	let stopPostgres = async () => {};
	let hook: Awaited<ReturnType<typeof openHook>>;
	let notes: ReturnType<typeof noteAnswers>;
	const before: Haystack[] = [];

	beforeAll(async () => {
		notes = noteAnswers();
		hook = await openHook();
		if (engine === 'postgres') {
			// A server of its own: in the log of a shared one lies what other suites write.
			const postgres = await startPostgres();
			process.env.CASHDESK_TEST_POSTGRES = postgres.url;
			stopPostgres = postgres.stop;
		}
		app = await startApp({ engine, env: { CASHDESK_LOG_LEVEL: 'trace' } });
		ledger = await openLedger(app.place);
		mark = await markLog(app, ledger);
	});
	afterAll(async () => {
		notes.stop();
		await ledger.close();
		await hook.close();
		await app.stop();
		// The second process stood on the first one's data, which is not its own to remove.
		await removePlace(app.place);
		await stopPostgres();
	});

	/** A session's page; the payer may choose the amount where it is not given. */
	async function openPage(amount?: number): Promise<Page> {
		const response = await fetch(`${app.origin}/api/v1/cashier`, {
			method: 'POST',
			headers: { 'x-api-key': app.demo.cashier.api_key, 'content-type': 'application/json' },
			body: JSON.stringify({
				request: {
					mode: 'test',
					user_id: '1',
					tracking_id: crypto.randomUUID(),
					currency: 'EUR',
					settings: { webhook_url: hook.url, methods: ['card'] },
					...(amount && { amount, amount_restricted: true })
				}
			})
		});
		const { token } = (await response.json()) as { token: string };
		return visit(`${app.origin}/pay/${token}`);
	}

	const formOf = (page: Page) => {
		const form = findForm(page, { id: 'card-form' });
		if (!form) throw new Error(`There is no card form:\n${page.html}`);
		return form;
	};

	const pay = async (typed: Partial<TypedCard>) => {
		const page = await openPage(10);
		return submit(page, formOf(page), { ...good, ...typed });
	};

	test('is taken from the form in every way that people fill it in', async () => {
		const spaced = (number: string) => number.replace(/(.{4})/g, '$1 ');
		const paid = await pay({ number: spaced(cards.approved) });
		expect(paid.html).toMatch(/-succeeded&quot;/);
		await pay({ number: cards.approvedAmex, code: codes.amex });
		expect((await pay({ number: cards.garbled })).html).toMatch(/-waiting&quot;/);
		expect((await pay({ number: cards.poor })).html).toMatch(/-form&quot;/);
		await pay({});

		const faulty: Partial<TypedCard>[] = [
			{ number: cards.faulty },
			{ number: cards.short },
			{ number: cards.unsupported },
			{ expiry: '01/20' },
			{ code: codes.wrong },
			{ number: cards.approvedAmex, code: '123' },
			{ number: cards.poor, code: codes.amex },
			{ number: '', name: cards.unknown },
			{ number: '', name: spaced(cards.unknown) },
			{ number: '', expiry: cards.unknown },
			{ number: '', code: cards.unknown },
			{ number: cards.unknown, name: `A. Payer ${cards.poor}` },
			{ number: `${cards.unknown}${cards.unknown}` }
		];
		for (const typed of faulty) {
			const { status, html } = await pay(typed);
			expect(status, JSON.stringify(typed)).toBe(422);
			expect(html).toContain('card-form');
		}
	});

	test('is taken from where it does not belong', async () => {
		const page = await openPage();
		const amountForm = findForm(page, { field: 'amount' });
		expect(amountForm).toBeDefined();
		if (amountForm) await submit(page, amountForm, { amount: cards.unknown });
		const fixed = await openPage(10);
		const form = formOf(fixed);
		await submit(fixed, form, { ...good, attempt_key: cards.unknown });
		await submit(fixed, { ...form, action: `${form.action}?number=${cards.unknown}` }, good);
		await visit(`${fixed.url}?amount=${cards.unknown}&notice=${cards.unknown}&code=${codes.wrong}`);
		await visit(`${app.origin}/pay/${cards.unknown}`);
		const bodies = [
			['application/json', JSON.stringify(good)],
			['text/plain', `number=${cards.unknown}`],
			['multipart/form-data; boundary=x', `--y\r\nnumber=${cards.unknown}`],
			['multipart/form-data', `number=${cards.unknown}`],
			['application/x-www-form-urlencoded', `number=${cards.unknown}&name=%FF%00&code=`]
		];
		for (const [type, body] of bodies) {
			const headers = { accept: 'text/html', origin: app.origin, 'content-type': type ?? '' };
			const response = await fetch(fixed.url, {
				method: 'POST',
				redirect: 'manual',
				headers,
				body
			});
			expect([303, 400, 415, 422], `${type}: ${response.status}`).toContain(response.status);
		}
	});

	test('is sent by a merchant’s server, well and badly', async () => {
		const call = async (card: object, fields: object = {}, key: string = crypto.randomUUID()) => {
			const details = { holder_name: 'A. Payer', cvc: '731', exp_month: '12', exp_year: '2034' };
			const response = await fetch(`${app.origin}/api/v1/s2s`, {
				method: 'POST',
				headers: {
					'x-api-key': app.demo.cashier.api_key,
					'content-type': 'application/json',
					'idempotency-key': key
				},
				body: JSON.stringify({
					request: {
						mode: 'test',
						user_id: '1',
						tracking_id: key,
						currency: 'EUR',
						amount: 10,
						settings: { webhook_url: hook.url },
						...fields
					},
					card_details: { ...details, ...card }
				})
			});
			return { status: response.status, text: await response.text() };
		};
		const key = crypto.randomUUID();
		const paid = await call({ card_number: cards.approved }, {}, key);
		expect(paid.text).toMatch(/successful/);
		expect(await call({ card_number: cards.approved }, {}, key)).toEqual(paid);
		expect((await call({ card_number: cards.unknown }, {}, key)).text).toMatch(/mismatch/);
		const reused = await call({ card_number: cards.unknown }, { tracking_id: key });
		expect(reused.text).toMatch(/reference_reused/);
		const amex = await call({ card_number: cards.approvedAmex, cvc: codes.amex });
		expect(amex.text).toMatch(/successful/);
		expect((await call({ card_number: cards.garbled })).text).toMatch(/pending/);
		expect((await call({ card_number: cards.poor })).text).toMatch(/rejected/);
		expect((await call({ card_number: cards.unsupported })).text).toMatch(/rejected/);
		const faulty: [card: object, fields?: object][] = [
			[{ card_number: cards.faulty }],
			[{ card_number: cards.short }],
			[{ card_number: cards.unknown, cvc: codes.wrong }],
			[{ card_number: cards.unknown, exp_year: '2020' }],
			[{ card_number: cards.unknown, exp_year: cards.unknown }],
			[{ card_number: Number(cards.unknown) }],
			[{ card_number: cards.poor, holder_name: cards.unknown }],
			[{ card_number: cards.unknown }, { user_id: cards.unknown }],
			[{ card_number: cards.unknown }, { settings: { description: `by ${cards.unknown}` } }],
			[{ card_number: cards.unknown }, { settings: { [cards.unknown]: 1 } }],
			[{ card_number: cards.unknown }, { customer: { city: cards.unknown } }]
		];
		for (const [card, fields] of faulty) {
			const { status, text } = await call(card, fields);
			expect(status, text).toBe(422);
		}
	});

	test('is lost with a process that is killed while it pays', async () => {
		const page = await openPage(10);
		const paying = submit(page, formOf(page), { ...good, number: cards.hanging }).catch(() => null);
		const isCharged = async () =>
			(await ledger.select(`select 1 from simulator_payments where rule = 'hang_charged'`)).length;
		while (!(await isCharged())) await pause(20);
		await app.kill('SIGKILL');
		await paying;
		before.push(...(await gather(app, ledger, mark)));
		app = await startApp({ engine, at: app.place, env: { CASHDESK_LOG_LEVEL: 'trace' } });
		expect((await visit(page.url)).html).toMatch(/-waiting&quot;/);
	});

	test('is nowhere afterwards', async () => {
		// The webhooks of what was paid have gone out.
		while (hook.messages.length < 2) await pause(50);
		for (const path of ['/api/v1/transactions', '/metrics']) {
			await fetch(app.origin + path, { headers: { 'x-api-key': app.demo.cashier.api_key } });
		}
		const everything = [
			...before,
			...(await gather(app, ledger, mark)),
			...notes.answers,
			...hook.messages
		];
		expect(findLeaks(everything, secrets)).toEqual([]);

		const names = everything.map(({ name }) => name).join('\n');
		// A PostgreSQL server that was given to the tests keeps its log to itself.
		const log = process.env.TEST_DATABASE_URL ? /the table events/ : /the log of PostgreSQL/;
		expect(names).toMatch(engine === 'sqlite' ? /cashdesk\.db-wal/ : log);
		expect(names).toMatch(/the table attempts/);
		const attempts = everything.find(({ name }) => name === 'the table attempts');
		expect(attempts?.bytes.toString()).toMatch(/555555/);
	});

	test('would have been found', async () => {
		const haystacks = await gather(app, ledger, mark);
		const real = haystacks.find(({ name }) => name === 'the table attempts')?.bytes;
		if (!real) throw new Error('There is nothing to search');
		const middle = Math.floor(real.length / 2);
		const plant = (bytes: Buffer) => [
			{
				name: 'the copy',
				bytes: Buffer.concat([real.subarray(0, middle), bytes, real.subarray(middle)])
			}
		];
		for (const { name, bytes } of needlesFor(cards.unknown)) {
			expect(findLeaks(plant(bytes), secrets)).toContain(`${name} is in the copy`);
		}
		expect(findLeaks(plant(Buffer.from(`"code":"${codes.amex}"`)), secrets)).toHaveLength(1);
	});
});
