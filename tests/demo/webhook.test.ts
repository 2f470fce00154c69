import { describe, expect, it } from 'vitest';
import { signCashierWebhook } from '$lib/server/api-cashier/signature';
import { faultOfWebhook } from '$lib/server/demo/verify-webhook';

const keys = {
	webhook_secret: `whsec_${Buffer.alloc(32, 'pelican').toString('base64')}`,
	signature_password: 'spg_test_pelican'
};
const now = Date.parse('2026-11-21T12:00:00Z');
const body = '{"tracking_id":"order-1","status":"successful","amount":"25.00"}';

function sign(secrets = keys, at = now): Record<string, string> {
	return signCashierWebhook({
		id: 'message-1',
		timestampSeconds: at / 1000,
		body,
		secrets: {
			webhookSecret: secrets.webhook_secret,
			signaturePassword: secrets.signature_password
		}
	});
}

function faultOf(headers: Record<string, string>, text = body): string | undefined {
	return faultOfWebhook(new Headers(headers), Buffer.from(text), keys, now);
}

describe('the shop', () => {
	it('takes a webhook as Cashdesk signs it', () => {
		expect(faultOf(sign())).toBeUndefined();
	});

	it('takes one that carries signatures of an older secret too', () => {
		const headers = sign();
		headers['webhook-signature'] = `v1,b2xk ${headers['webhook-signature']}`;
		expect(faultOf(headers)).toBeUndefined();
	});

	it('refuses every changed byte', () => {
		const headers = sign();
		for (let at = 0; at < body.length; at++) {
			const code = body.charCodeAt(at) ^ 1;
			const changed = body.slice(0, at) + String.fromCharCode(code) + body.slice(at + 1);
			expect(faultOf(headers, changed)).toBe('webhook-signature is wrong');
		}
		expect(faultOf(headers, `${body} `)).toBeDefined();
	});

	it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-signature'])(
		'refuses one without %s, or with another',
		(name) => {
			const { [name]: value = '', ...others } = sign();
			expect(faultOf(others)).toBeDefined();
			expect(faultOf({ ...others, [name]: value.replace(/.$/, '7') })).toBeDefined();
		}
	);

	it('refuses other keys', () => {
		const password = sign({ ...keys, signature_password: 'spg_test_other' });
		expect(faultOf(password)).toBe('x-signature is wrong');
		const secret = `whsec_${Buffer.alloc(32, 'other').toString('base64')}`;
		expect(faultOf(sign({ ...keys, webhook_secret: secret }))).toBe('webhook-signature is wrong');
	});

	it('refuses one that was caught and sent again later', () => {
		const minutes = (count: number) => count * 60_000;
		expect(faultOf(sign(keys, now - minutes(4)))).toBeUndefined();
		expect(faultOf(sign(keys, now - minutes(6)))).toBe('The message is too old');
		expect(faultOf(sign(keys, now + minutes(6)))).toBe('The message is too old');
	});
});
