import { cards } from './card-form.ts';
import { expect, test } from './journey.ts';
import type { Shop } from './shop.ts';
import { expectSignedReturn } from './signatures.ts';

/** Payments that the merchant's server begins: the payer sees no form of ours. */

function pay(shop: Shop, number: string, fields: object = {}) {
	const card = {
		holder_name: 'Ada Lovelace',
		card_number: number,
		cvc: '123',
		exp_month: '12',
		exp_year: '2034'
	};
	return shop.call('/s2s', fields, { card_details: card });
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		for (const { button, status } of [
			{ button: 'Approve', status: 'successful' },
			{ button: 'Fail', status: 'rejected' }
		]) {
			test(`a card with 3-D Secure, ${button}: back at the merchant at once`, async ({
				page,
				shop,
				records
			}) => {
				const { reference, url, transaction_id } = await pay(shop, cards.challenge);
				await page.goto(url);
				const bank = javaScriptEnabled ? page.frameLocator('#bank') : page;
				if (!javaScriptEnabled) await page.locator('#open-challenge').click();
				await bank.getByRole('button', { name: button, exact: true }).click();
				await page.waitForURL(`${shop.origin}/thanks?**`, { timeout: 4000 });
				expectSignedReturn(page.url(), shop, {
					transaction_id,
					tracking_id: reference,
					status
				});
				const charges = status === 'successful' ? 1 : 0;
				expect(records.paymentsOf(reference)).toMatchObject([{ charges }]);
			});
		}

		for (const { button, status } of [
			{ button: 'Pay', status: 'successful' },
			{ button: 'Cancel', status: 'rejected' }
		]) {
			test(`straight to the wallet, ${button}: back at the merchant at once`, async ({
				page,
				shop
			}) => {
				const { reference, url, transaction_id } = await shop.call('/direct', {
					provider_id: shop.keys.provider_id
				});
				await page.goto(url);
				await expect(page).toHaveURL(/\/simulator\/wallet\//);
				await page.getByRole('button', { name: button, exact: true }).click();
				await page.waitForURL(`${shop.origin}/thanks?**`, { timeout: 4000 });
				expectSignedReturn(page.url(), shop, {
					transaction_id,
					tracking_id: reference,
					status
				});
			});
		}

		test('without an address to go back to, the result stays', async ({ page, shop }) => {
			const { url } = await pay(shop, cards.challenge, { settings: {} });
			await page.goto(url);
			const bank = javaScriptEnabled ? page.frameLocator('#bank') : page;
			if (!javaScriptEnabled) await page.locator('#open-challenge').click();
			await bank.getByRole('button', { name: 'Fail', exact: true }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment declined');
			await expect(page.getByRole('textbox')).toHaveCount(0);
			await page.reload();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment declined');
		});
	});
}
