import { expect, type Page } from '@playwright/test';
import type { App } from '../app.ts';
import { accounts, askForPayout, decide, enterAccount, orderPayout } from './payouts.ts';
import type { OrderFields, Shop } from './shop.ts';

interface Stage {
	page: Page;
	app: App;
	shop: Shop;
}

type Order = Awaited<ReturnType<typeof orderPayout>>;

interface PayoutState {
	fields?: OrderFields;
	/** Brings a withdrawal into the state, on any page. */
	reach?(stage: Stage, order: Order): Promise<void>;
	/** On the page of the state itself, in any language. */
	show?(page: Page): Promise<void>;
	/** A selector that only this state has. */
	sign: string;
}

const bank = { settings: { methods: ['bank'] } };
const card = { settings: { methods: ['card_payout'] } };

async function ask({ page }: Stage, { url }: Order, iban = accounts.paid) {
	await askForPayout(page, url, iban);
}

/** Until the page itself tells the end. */
async function end(stage: Stage, order: Order, word: 'approve' | 'reject') {
	await decide(stage.app, stage.shop, word, order);
	await expect(stage.page.locator('.result')).toBeVisible({ timeout: 20_000 });
}

/** Every state that the page of a withdrawal has, and how it comes about. */
export const payoutStates: Record<string, PayoutState> = {
	amount: {
		fields: { amount: undefined, amount_restricted: false, ...bank },
		sign: '#amount'
	},
	methods: { sign: '#methods' },
	'nothing chosen': {
		// A browser that checks forms would not send this one.
		show: (page) =>
			page.locator('#methods').evaluate((form: HTMLFormElement) => {
				form.reset();
				for (const radio of form.querySelectorAll('input')) radio.checked = false;
				form.submit();
			}),
		sign: '#method-problem'
	},
	'bank account': { fields: bank, sign: '#iban' },
	'bank account with problems': {
		fields: bank,
		async show(page) {
			await page.locator('#iban').fill('DE89 3704 0044 0532 0130 01');
			await page.locator('#continue').click();
		},
		sign: '#iban[aria-invalid=true]'
	},
	'local account': {
		fields: { ...bank, currency: 'USD', customer: { country_code: 'US' } },
		sign: '#country'
	},
	card: { fields: card, sign: '#number' },
	'card that is refused': {
		fields: card,
		async show(page) {
			await page.locator('#number').fill('4012 8888 8888 1881');
			await page.locator('#expiry').fill('12/34');
			await page.locator('#continue').click();
		},
		sign: '[role=alert]'
	},
	wallet: { fields: { settings: { methods: ['wallet_payout'] } }, sign: '#wallet' },
	phone: { fields: { settings: { methods: ['phone_payout'] } }, sign: '#phone' },
	confirmation: {
		fields: bank,
		show: (page) => enterAccount(page, accounts.paid),
		sign: '#confirm-form'
	},
	'not verified': { fields: { customer: { kyc_status: 'failed' } }, sign: '.notice' },
	requested: { fields: bank, reach: ask, sign: '.standing' },
	'requested, to be canceled': {
		fields: bank,
		reach: ask,
		show: (page) => page.locator('.standing summary').click(),
		sign: '.standing details[open] button'
	},
	'paid after a while': {
		fields: bank,
		async reach(stage, order) {
			await ask(stage, order, accounts.slow);
			await end(stage, order, 'approve');
		},
		sign: 'svg.succeeded'
	},
	rejected: {
		fields: bank,
		async reach(stage, order) {
			await ask(stage, order);
			await end(stage, order, 'reject');
		},
		sign: 'svg.declined'
	},
	failed: {
		fields: bank,
		async reach(stage, order) {
			await ask(stage, order, accounts.refused);
			await end(stage, order, 'approve');
		},
		sign: 'svg.declined'
	},
	canceled: {
		fields: bank,
		async reach(stage, order) {
			await ask(stage, order);
			await stage.page.locator('.standing summary').click();
			await stage.page.locator('.standing details button').click();
			await expect(stage.page.locator('.result')).toBeVisible();
		},
		sign: 'svg.canceled'
	}
};

/** Shows a state in a language and a theme, whatever it was reached in. */
export async function showPayoutState(
	page: Page,
	{ show, sign }: PayoutState,
	url: string,
	look: { locale: 'en' | 'ar'; theme: 'light' | 'dark' }
): Promise<void> {
	await page.goto(`${url}?${new URLSearchParams(look)}`);
	await show?.(page);
	await expect(page.locator(sign).first()).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('dir', look.locale === 'ar' ? 'rtl' : 'ltr');
}
