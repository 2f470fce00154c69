import { cards, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { expectSignedWebhook, expectStandardWebhook } from './signatures.ts';

test('the merchant hears of a success once, and can verify it', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.doubleNotice);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expect.poll(() => shop.webhooksOf(reference).length).toBe(1);
	const [webhook] = shop.webhooksOf(reference);
	if (!webhook) throw new Error('There is no webhook');
	const { id } = records.transactionOf(reference);
	expect(webhook.body).toBe(
		`{"transaction_id":"${id}","user_id":"reader-7","tracking_id":"${reference}",` +
			'"status":"successful","currency":"EUR","amount":"10.05","transaction_type":"deposit"}'
	);
	expectSignedWebhook(webhook, shop);
	expectStandardWebhook(webhook, shop);
});

test('a declined try is not worth a webhook, the end is', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.declined);
	await expect(page.getByRole('status')).toContainText('Payment declined');
	await page.getByRole('button', { name: /^Cancel and go back/ }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
	await expect.poll(() => shop.webhooksOf(reference).length).toBe(1);
	const [webhook] = shop.webhooksOf(reference);
	if (!webhook) throw new Error('There is no webhook');
	expect(JSON.parse(webhook.body)).toMatchObject({
		transaction_id: records.transactionOf(reference).id,
		status: 'rejected'
	});
	expectSignedWebhook(webhook, shop);
});
