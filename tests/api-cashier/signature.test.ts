import { createHash, createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signCashierWebhook } from '$lib/server/api-cashier/signature';

const key = Buffer.from('a key of thirty-two bytes, exact', 'utf8');
const secrets = {
	webhookSecret: `whsec_${key.toString('base64')}`,
	signaturePassword: 'spg_test_companyxxxxQyGAheyMqcHVmp8ZMQtkYcev27sCu7RF'
};

function sign(body: string, timestampSeconds = Math.floor(Date.now() / 1_000)) {
	return signCashierWebhook({ id: 'message-1', timestampSeconds, body, secrets });
}

describe('x-signature', () => {
	it('is that of the vendor’s published example', () => {
		const body =
			'{"transaction_id":"r21nmrtpcmrcava","user_id":"1111222",' +
			'"tracking_id":"b8f04416-116a-11ed-861d-0242ac120002","status":"rejected",' +
			'"currency":"GBP","amount":"200.00","transaction_type":"withdrawal"}';
		expect(sign(body)['x-signature']).toBe('5FDDA8F46411C132DCFBEE53C39BA06298CB48BC');
	});

	it('covers the UTF-8 bytes, and survives a receiver that parses and writes again', () => {
		const body = JSON.stringify({ tracking_id: 'Zoë € 😀 "q" \u2028 \ud800' });
		const rewritten = JSON.stringify(JSON.parse(body)) + secrets.signaturePassword;
		const expected = createHash('sha1').update(Buffer.from(rewritten)).digest('hex');
		expect(sign(body)['x-signature']).toBe(expected.toUpperCase());
	});
});

describe('the Standard Webhooks headers', () => {
	it('verify with the package', () => {
		const headers = sign('{"amount":"200.00"}');
		expect(new Webhook(secrets.webhookSecret).verify('{"amount":"200.00"}', headers)).toEqual({
			amount: '200.00'
		});
		expect(() =>
			new Webhook(secrets.webhookSecret).verify('{"amount":"900.00"}', headers)
		).toThrow();
	});

	it('are HMAC-SHA256 over id, time in seconds and body', () => {
		const headers = sign('{}', 1_700_000_000);
		const expected = createHmac('sha256', key).update('message-1.1700000000.{}').digest('base64');
		expect(headers).toMatchObject({
			'webhook-id': 'message-1',
			'webhook-timestamp': '1700000000',
			'webhook-signature': `v1,${expected}`
		});
	});
});

it('an application without a signature password is a defect', () => {
	const message = { id: 'message-1', timestampSeconds: 1, body: '{}' };
	expect(() =>
		signCashierWebhook({ ...message, secrets: { ...secrets, signaturePassword: null } })
	).toThrow();
});
