import { createHmac } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import {
	createApplication,
	createMerchant,
	setApplicationMode
} from '../../src/lib/server/merchants/create-application';
import { findApplication } from '../../src/lib/server/merchants/find-application';
import { readPaymentOfSession } from '../../src/lib/server/payments/read-payment';
import { signLink } from '../../src/lib/server/sessions/checkout-link';
import { openSession, type Order } from '../../src/lib/server/sessions/open-session';
import { sessionToken } from '../../src/lib/server/sessions/session-token';
import { describeApi } from '../api-cashier/stage';
import { someOrder } from './some-order';

const secret = 'the secret of the shop';
const returnAddresses = { return: 'https://shop.example/back?shelf=3' };

describeApi("the page of a checkout's link", (stage) => {
	let applicationId: string;
	const seconds = () => Math.floor(Date.now() / 1000);

	beforeAll(async () => {
		const { context } = stage;
		applicationId = await context.db.inTransaction(async (tx) => {
			const name = 'Ladle & Co';
			const merchantId = await createMerchant(context, tx, name);
			const id = await createApplication(context, tx, {
				merchantId,
				dialect: 'checkout',
				name,
				frameOrigins: [],
				returnOrigins: []
			});
			await setApplicationMode(context, tx, {
				applicationId: id,
				mode: 'test',
				webhookUrl: null,
				webhookSecret: secret
			});
			return id;
		});
	});

	/** Opens a checkout; its id and what its payer's page goes by. */
	async function open(order: Partial<Order> = {}) {
		const { context } = stage;
		const application = await findApplication(context, applicationId);
		if (!application) throw new Error('The application is gone');
		const opened = await openSession(context, application, {
			...someOrder,
			dialectData: { settlementCurrencyCode: null },
			...order
		});
		const { transactionId: id } = await readPaymentOfSession(context, opened.id);
		return {
			id,
			sessionId: opened.id,
			token: sessionToken(context, { id: opened.id, version: 1 })
		};
	}

	function linkTo(id: string, expires = String(seconds() + 600)): string {
		const signature = signLink(stage.context, { id, expires });
		return `/checkout/${id}?expires=${expires}&signature=${signature}`;
	}

	async function visit(path: string, language = 'en') {
		const headers = { 'accept-language': language, accept: 'text/html' };
		const answer = await fetch(stage.app.origin + path, { headers, redirect: 'manual' });
		return { status: answer.status, headers: answer.headers, html: await answer.text() };
	}

	test('leads to the page of its payment, and nothing keeps it', async () => {
		const { id, token } = await open();
		const { status, headers } = await visit(linkTo(id));
		expect(status).toBe(303);
		expect(headers.get('location')).toBe(`/pay/${token}`);
		expect(headers.get('cache-control')).toBe('no-store');
	});

	test('with any byte changed: refused, and nothing is told of a payment', async () => {
		const [{ id, token }, other] = [await open(), await open()];
		const whole = linkTo(id);
		const [, expires = '', signature = ''] = /expires=(\d+)&signature=(\w+)/.exec(whole) ?? [];
		const flipped = signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
		const changed = [
			whole.replace(id, other.id),
			whole.replace(id, id.toUpperCase()),
			whole.replace(expires, String(Number(expires) + 1)),
			whole.replace(signature, flipped),
			whole.replace(signature, signature.toUpperCase()),
			whole.slice(0, -1),
			`/checkout/${id}?expires=${expires}`,
			`/checkout/${id}`,
			// One that was signed, of a payment that there is not.
			linkTo('01930000-0000-7000-8000-000000000000'),
			linkTo('nothing')
		];
		for (const path of changed) {
			const { status, html, headers } = await visit(path);
			expect([path, status]).toEqual([path, 403]);
			expect(html).toContain('This link is not valid</h1>');
			expect(html).not.toContain(token);
			expect(html).not.toContain('Ladle');
			expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		}
	});

	test('expired: says so, and leads back with the signed status', async () => {
		const { id, token } = await open({ returnAddresses });
		const { status, html, headers } = await visit(linkTo(id, String(seconds())));
		expect(status).toBe(410);
		expect(html).toContain('This link has expired');
		const signature = createHmac('sha256', secret).update(`${id}.PENDING`).digest('hex');
		const back = `https://shop.example/back?shelf=3&id=${id}&status=PENDING&signature=${signature}`;
		expect(html.replaceAll('&amp;', '&')).toContain(`href="${back}"`);
		expect(html).toContain('Back to Ladle &amp; Co');
		expect(html).not.toContain(token);
		expect(headers.get('x-frame-options')).toBe('DENY');
	});

	test('expired while its payment is under way: leads on', async () => {
		const { id, token, sessionId } = await open({ returnAddresses });
		const { db } = stage.context;
		await db.inTransaction((tx) =>
			tx
				.updateTable('transactions')
				.set({ state: 'pending' })
				.where('session_id', '=', sessionId)
				.execute()
		);
		const { status, headers } = await visit(linkTo(id, '1'));
		expect(status).toBe(303);
		expect(headers.get('location')).toBe(`/pay/${token}`);
	});

	test('expired, with nowhere to go back to', async () => {
		const { id } = await open();
		const { status, html } = await visit(linkTo(id, '1'));
		expect(status).toBe(410);
		expect(html).not.toContain('<a ');
	});

	test('expired with its payment: the way back opens once the end is told', async () => {
		const { id, sessionId } = await open({ returnAddresses });
		const { db } = stage.context;
		const past = { expires_at: Date.now() - 1 };
		await db.inTransaction(async (tx) => {
			await tx.updateTable('sessions').set(past).where('id', '=', sessionId).execute();
			await tx.updateTable('transactions').set(past).where('id', '=', id).execute();
		});
		const first = await visit(linkTo(id, '1'));
		expect(first.status).toBe(410);
		if (!first.html.includes('status=EXPIRED')) {
			expect(first.html).toContain('http-equiv="refresh"');
		}
		await expect
			.poll(async () => (await visit(linkTo(id, '1'))).html, { timeout: 10_000 })
			.toContain('status=EXPIRED');
	});

	test('speaks the browser’s language', async () => {
		const { id } = await open({ returnAddresses });
		const expired = await visit(linkTo(id, '1'), 'ar-YE,en;q=0.5');
		expect(expired.html).toMatch(/<html lang="ar" dir="rtl"/);
		expect(expired.html).toContain('انتهت صلاحية هذا الرابط');
		const changed = await visit(`/checkout/${id}`, 'ar');
		expect(changed.html).toMatch(/<html lang="ar" dir="rtl"/);
		expect(changed.html).toContain('هذا الرابط غير صالح');
	});
});
