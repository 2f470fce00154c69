import { expect, type Page } from '@playwright/test';
import { bankFrame, cardForm, cards, fillCard, payBy } from './card-form.ts';
import type { Records } from './records.ts';
import { say } from './say.ts';
import { sendMoney } from './send-money.ts';
import type { OrderFields, Shop } from './shop.ts';

interface Stage {
	page: Page;
	shop: Shop;
	records: Records;
}

interface PageState {
	/** What the order differs in. */
	fields?: OrderFields;
	/** Brings an order into the state, on any page. */
	reach?(stage: Stage, order: { reference: string; url: string }): Promise<void>;
	/** On the page of the state itself, in any language: what is done and waited for. */
	show?(page: Page): Promise<void>;
	/** A selector that only this state has. */
	sign: string;
}

const ofOwnChoice = {
	amount: undefined,
	amount_restricted: false,
	customer: { max_deposit_limit: '500.00' },
	settings: { preset_amounts: ['20.00', '50.00'] }
};

async function pay({ page }: Stage, { url }: { url: string }, number: string): Promise<void> {
	await page.goto(url);
	await payBy(page, number);
}

/** A payer of its own, so that no other state's saved cards are among the ways. */
const anyWay = { user_id: 'chooser-1', settings: { methods: undefined } };
const saver = { user_id: 'saver-1', settings: { methods: undefined } };

/** Puts an order's page at the form of a way to pay. */
function chooseWay(method: string): PageState['show'] {
	return async (page) => {
		await page.goto(`${page.url()}&method=${method}`);
	};
}

async function startTransfer({ page }: Stage, { url }: { url: string }): Promise<void> {
	await page.goto(`${url}?method=bank_transfer`);
	await page.locator('#pay').click();
	await expect(page.locator('.instructions')).toBeVisible();
}

/** Saves a card of the payer, with another order. */
async function saveCard({ page, shop }: Stage): Promise<void> {
	const { url } = await shop.order({ ...saver, settings: { methods: ['card'] } });
	await page.goto(`${url}?method=card`);
	await fillCard(page, cards.approved);
	await page.locator('#keep').check();
	await page.locator('#pay').click();
	await expect(page.locator('svg.succeeded')).toBeVisible();
}

async function succeed(stage: Stage, order: { url: string }): Promise<void> {
	await pay(stage, order, cards.approved);
	await expect(stage.page.locator('#back')).toBeVisible();
}

async function reachChallenge(stage: Stage, order: { url: string }): Promise<void> {
	await pay(stage, order, cards.challenge);
	await expect(bankFrame(stage.page).getByRole('button', { name: 'Approve' })).toBeVisible();
}

/** Every state that the payer's page has, and how it comes about. */
export const pageStates: Record<string, PageState> = {
	form: { sign: '#card-form' },
	'form with problems': {
		show: (page) => page.locator('#pay').click(),
		sign: '#number[aria-invalid=true]'
	},
	methods: { fields: anyWay, sign: '#methods' },
	'methods that the amount is too high for': {
		fields: { ...anyWay, amount: '151.00' },
		sign: '#methods [disabled]'
	},
	'methods with a saved card': {
		fields: saver,
		reach: (stage) => saveCard(stage),
		sign: '#methods [form=remove-card]'
	},
	'no way to pay': {
		fields: { settings: { methods: ['voucher'] }, amount: '151.00' },
		sign: '.warning'
	},
	'form of a saved card': {
		fields: saver,
		reach: (stage) => saveCard(stage),
		async show(page) {
			await page.locator('#choose').click();
			await page.locator('#pay').click();
		},
		sign: '#code[aria-invalid=true]'
	},
	'form of a wallet with its fee': { fields: anyWay, show: chooseWay('wallet'), sign: 'table' },
	'form of a card in another currency': {
		fields: { ...anyWay, currency: 'SEK' },
		show: chooseWay('card'),
		sign: 'table'
	},
	'form of a voucher with a problem': {
		fields: anyWay,
		async show(page) {
			await page.goto(`${page.url()}&method=voucher`);
			await page.locator('#pay').click();
		},
		sign: '#voucher[aria-invalid=true]'
	},
	'action, on its way to a wallet': {
		fields: anyWay,
		async reach({ page }, { url }) {
			await page.goto(`${url}?method=wallet`);
			await page.locator('#pay').click();
			await page.waitForURL('**/simulator/wallet/**');
		},
		sign: '#leave'
	},
	'action, a transfer': { fields: anyWay, reach: startTransfer, sign: '[data-copy]:visible' },
	'action, a part of a transfer': {
		fields: anyWay,
		async reach(stage, order) {
			await startTransfer(stage, order);
			await sendMoney(stage.page, '4.00');
			await expect(stage.page.locator('.arrived').first()).toBeVisible({ timeout: 15_000 });
		},
		sign: '.arrived'
	},
	amount: { fields: ofOwnChoice, sign: '#amount' },
	'amount with a problem': {
		fields: ofOwnChoice,
		async show(page) {
			await page.locator('#amount').fill('1,500');
			await page.locator('#amount').press('Enter');
		},
		sign: '#amount[aria-invalid=true]'
	},
	'form of a chosen amount, in a hurry': {
		fields: { amount: '12.00', amount_restricted: false, settings: { expires_in: 300 } },
		sign: '#time-left:not([hidden])'
	},
	'declined try': {
		async reach(stage, order) {
			await pay(stage, order, cards.insufficientFunds);
			await expect(stage.page.getByRole('status')).toBeVisible();
		},
		sign: '#card-form'
	},
	'out of date': {
		async reach({ page }, { url }) {
			await page.goto(url);
		},
		show: (page) => page.goto(`${page.url()}&notice=stale`).then(() => undefined),
		sign: '[role=status]'
	},
	pending: {
		async reach(stage, order) {
			await succeed(stage, order);
			await stage.records.undecide(order.reference);
		},
		sign: '.spinner'
	},
	'action, dialog open': { reach: reachChallenge, sign: 'dialog[open] iframe' },
	'action, question asked': {
		reach: reachChallenge,
		show: (page) => page.locator('#close-challenge').click(),
		sign: '#give-up[open]'
	},
	succeeded: { reach: succeed, sign: 'svg.succeeded' },
	declined: {
		async reach(stage, order) {
			await stage.page.goto(order.url);
			for (let tries = 1; tries <= 5; tries++) {
				await payBy(stage.page, cards.declined);
				await expect
					.poll(() => stage.records.transactionOf(order.reference).tries, { intervals: [50] })
					.toBe(tries);
				await expect(stage.page.getByRole('status')).toBeVisible();
			}
		},
		sign: 'svg.declined'
	},
	canceled: {
		async reach({ page }, { url }) {
			await page.goto(url);
			const merchant = 'Pelican Books';
			await page.getByRole('button', { name: say('cancel.button', { merchant }) }).click();
			await expect(cardForm(page).pay).toHaveCount(0);
		},
		sign: 'svg.canceled'
	},
	expired: {
		reach: async ({ records }, { reference }) => records.endIn(reference, -1),
		sign: 'svg.expired'
	}
};

/** Shows a state in a language and a theme, whatever it was reached in. */
export async function showState(
	page: Page,
	{ show, sign }: PageState,
	url: string,
	look: { locale: 'en' | 'ar'; theme: 'light' | 'dark' }
): Promise<void> {
	await page.goto(`${url}?${new URLSearchParams(look)}`);
	await show?.(page);
	await expect(page.locator(sign).first()).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('dir', look.locale === 'ar' ? 'rtl' : 'ltr');
}
