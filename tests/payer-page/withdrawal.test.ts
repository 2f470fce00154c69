import { beforeEach, expect, test } from 'vitest';
import { approveWithdrawal } from '../../src/lib/server/payments/decide-withdrawal';
import { readLegs } from '../../src/lib/server/payments/leg';
import { saveAccountSettings } from '../../src/lib/server/routing/account-settings';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { ibans } from '../payments/withdraw';
import { bodyOf, visitPayout, type PayoutVisit } from './payout-visit';

const APPROVED = '4242 4242 4242 4242';
const MINUTE = 60_000;
const account = { iban: 'de89 3704 0044 0532 0130 00', holder: 'Ada Payer' };
const bankOnly = { methods: ['bank'] };

describeOnEachEngine('the page of a withdrawal', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	/** Goes through the form for a bank account up to the question. */
	async function confirmPage(payer: PayoutVisit, fields: Record<string, string> = account) {
		return (await payer.fill(await payer.open(), fields)).view;
	}

	async function request(payer: PayoutVisit, fields?: Record<string, string>) {
		return payer.fill(await confirmPage(payer, fields));
	}

	test('method, account, confirmation, request', async () => {
		const payer = await visitPayout(shop);
		const start = await payer.open();
		expect(start).toMatchObject({
			title: 'Withdraw from Pelican Books',
			withdrawal: {
				show: 'method',
				summary: { heading: 'Withdraw from Pelican Books', amount: '€100.00', change: null },
				form: {
					choices: [
						{
							value: 'bank',
							name: 'Bank account',
							facts: ['No fee', 'Arrives within days'],
							because: null
						},
						{ value: 'card_payout', name: 'Card', because: null },
						{ value: 'wallet_payout' },
						{ value: 'phone_payout' }
					]
				}
			}
		});
		const chosen = await payer.fill(start, { method: 'bank' });
		expect(chosen.path).toBe(`/pay/${payer.token}?amount=100.00&method=bank`);
		expect(bodyOf(chosen.view)).toMatchObject({ show: 'account', form: { fields: [{}, {}] } });
		const asked = await payer.fill(chosen.view, account);
		expect(asked.path).toBeNull();
		expect(asked.view).toMatchObject({
			title: 'Confirm your withdrawal',
			withdrawal: {
				show: 'confirm',
				form: {
					parts: [
						{
							rows: [
								{ term: 'To', value: '\u2066DE••\u00a0••••\u00a03000\u2069' },
								{ term: 'Account holder', value: 'Ada Payer' },
								{ term: 'You withdraw', value: '€100.00' },
								{ term: 'Fee', value: 'No fee' },
								{ term: 'How long it takes', value: 'Arrives within days' }
							]
						}
					],
					send: 'Withdraw €100.00'
				}
			}
		});
		expect(JSON.stringify(asked.view)).not.toContain(ibans.paid.slice(8));
		expect(await payer.payment()).toMatchObject({ state: 'created', version: 1 });
		const done = await payer.fill(asked.view);
		expect(done.path).toBe(`/pay/${payer.token}`);
		expect(done.view).toMatchObject({
			title: 'Withdrawal requested',
			refresh: null,
			facts: { watch: true, events: ['ready', 'pending'], leaveFor: null },
			withdrawal: {
				show: 'standing',
				standing: { isWaiting: true, lines: ['Pelican Books now decides about it.', {}] }
			}
		} as object);
		const legs = await readLegs(shop.context.db.read, (await payer.payment()).transactionId);
		expect(legs).toMatchObject([{ amount: 10_000, method: 'bank', label: 'DE•• •••• 3000' }]);
	});

	test('one method: no choice is shown', async () => {
		const payer = await visitPayout(shop, bankOnly);
		expect(bodyOf(await payer.open())).toMatchObject({
			show: 'account',
			form: { links: [{ text: 'I have no IBAN' }] }
		});
	});

	test('an amount of the payer’s choice comes first, and is carried on', async () => {
		const order = { ...bankOnly, amountEditable: true, amount: null, lowestAmount: 500 };
		const payer = await visitPayout(shop, order);
		const start = await payer.open();
		expect(bodyOf(start)).toMatchObject({ show: 'amount' });
		expect(await payer.fill(start, { amount: '3' })).toMatchObject({
			path: null,
			view: { title: 'Problem: Withdraw from Pelican Books' }
		});
		const { path, view } = await payer.fill(start, { amount: '42,5' });
		expect(path).toBe(`/pay/${payer.token}?amount=42.50`);
		expect(bodyOf(view)).toMatchObject({ show: 'account', summary: { amount: '€42.50' } });
		const asked = await payer.fill(view, account);
		await payer.fill(asked.view);
		expect(await payer.payment()).toMatchObject({ state: 'requested', amount: 4_250 });
	});

	test('another amount than the one confirmed is not requested', async () => {
		const payer = await visitPayout(shop, { ...bankOnly, amountEditable: true });
		const asked = bodyOf(await confirmPage(payer));
		if (asked.show !== 'confirm') throw new Error(asked.show);
		const { path, attemptKey, draft } = asked.form;
		const other = path.replace('100.00', '99.00');
		const fields = { step: 'confirm', attempt_key: attemptKey, draft };
		expect((await payer.send(other, fields)).path).toContain('notice=changed');
		expect(await payer.payment()).toMatchObject({ state: 'created' });
	});

	test('faulty fields are named, and what was typed is kept', async () => {
		const payer = await visitPayout(shop, bankOnly);
		const typed = { iban: 'DE89 3704 0044 0532 0130 01', holder: '' };
		const { path, view } = await payer.fill(await payer.open(), typed);
		expect(path).toBeNull();
		expect(view).toMatchObject({
			title: 'Problem: Withdraw from Pelican Books',
			withdrawal: {
				show: 'account',
				form: {
					problems: [
						{ id: 'iban', text: 'Check the IBAN: at least one character is wrong' },
						{ id: 'holder', text: 'Enter the name of the account holder' }
					],
					fields: [{ value: 'DE89 3704 0044 0532 0130 01' }, { value: '' }]
				}
			}
		});
	});

	test('a card: its number is in no page, and nothing of it is written', async () => {
		const payer = await visitPayout(shop, { methods: ['card_payout'] });
		const wrong = { number: '4242 4242 4242 4241', expiry: '12/30' };
		const refused = await payer.fill(await payer.open(), wrong);
		expect(JSON.stringify(refused.view)).not.toContain('4241');
		expect(bodyOf(refused.view)).toMatchObject({ form: { fields: [{}, { value: '12/30' }] } });
		const asked = await payer.fill(await payer.open(), { ...wrong, number: APPROVED });
		expect(bodyOf(asked.view)).toMatchObject({
			show: 'confirm',
			form: { parts: [{ rows: [{ value: '\u2066Visa\u00a0••••\u00a04242\u2069' }, {}, {}, {}] }] }
		} as object);
		expect(JSON.stringify(asked.view)).not.toContain('42424242');
		await payer.fill(asked.view);
		expect(await payer.payment()).toMatchObject({ state: 'requested' });
	});

	test('a card that takes no payouts is said to be one', async () => {
		const payer = await visitPayout(shop, { methods: ['card_payout'] });
		const card = { number: '4012 8888 8888 1881', expiry: '12/30' };
		const { view } = await payer.fill(await payer.open(), card);
		expect(bodyOf(view)).toMatchObject({
			show: 'account',
			form: {
				fault: 'This card cannot receive money now. Check it, or use another card',
				retype: 'For your safety, enter the card number again'
			}
		});
	});

	test('a wallet and a phone number', async () => {
		const wallet = await visitPayout(shop, { methods: ['wallet_payout'] });
		await request(wallet, { wallet: ' paid@example.com ' });
		const phone = await visitPayout(shop, {
			methods: ['phone_payout'],
			customer: { country_code: 'GB' },
			payerReference: '129'
		});
		await request(phone, { phone: '07911 123 400' });
		for (const [payer, label] of [
			[wallet, 'p•••@example.com'],
			[phone, '+44 •••• 400']
		] as const) {
			const payment = await payer.payment();
			expect(payment).toMatchObject({ state: 'requested' });
			const legs = await readLegs(shop.context.db.read, payment.transactionId);
			expect(legs).toMatchObject([{ label }]);
			await approveWithdrawal(shop.context, payment);
		}
		await shop.work();
		expect(await wallet.payment()).toMatchObject({ state: 'succeeded' });
		expect(await phone.payment()).toMatchObject({ state: 'succeeded' });
	});

	test('a local account where people have no IBAN, with the payer’s name and country', async () => {
		const customer = { first_name: 'Ada', last_name: 'Payer', country_code: 'US' };
		const order = { ...bankOnly, currency: 'USD', customer };
		const payer = await visitPayout(shop, order);
		const start = await payer.open();
		expect(bodyOf(start)).toMatchObject({
			form: {
				fields: [
					{ name: 'country', value: 'US' },
					{ name: 'bank_code', label: 'Routing number' },
					{ name: 'account_number' },
					{ name: 'holder', value: 'Ada Payer' }
				],
				links: [{ text: 'Use an IBAN instead' }]
			}
		});
		const typed = { country: 'US', account_number: '000123456789', holder: 'Ada Payer' };
		const refused = await payer.fill(start, { ...typed, bank_code: '021000022' });
		expect(bodyOf(refused.view)).toMatchObject({ form: { problems: [{ id: 'bank_code' }] } });
		const asked = await payer.fill(start, { ...typed, bank_code: '021000021' });
		await payer.fill(asked.view);
		const { transactionId } = await payer.payment();
		const legs = await readLegs(shop.context.db.read, transactionId);
		expect(legs).toMatchObject([{ label: 'US •••• 6789' }]);
	});

	test('the same yes from two tabs and again later: one request', async () => {
		const payer = await visitPayout(shop, bankOnly);
		const asked = await confirmPage(payer);
		await Promise.all([payer.fill(asked), payer.fill(asked), payer.fill(asked)]);
		expect((await payer.fill(asked)).path).toBe(`/pay/${payer.token}`);
		expect(await shop.balances()).toEqual({ available: -10_000, reserved: 10_000 });
	});

	test('a yes after 15 minutes, or for fees that have changed: the payer looks again', async () => {
		const { context, accountId } = shop;
		const payer = await visitPayout(shop, bankOnly);
		const late = await confirmPage(payer);
		context.clock.advance(15 * MINUTE + 1);
		const { path } = await payer.fill(late);
		expect(path).toBe(`/pay/${payer.token}?amount=100.00&method=bank&notice=timed_out`);
		const asked = await confirmPage(payer);
		const fee = { method: null, intent: null, currency: 'EUR', percent: '0' };
		await context.db.inTransaction((tx) =>
			saveAccountSettings(context, tx, accountId, {
				fees: [{ ...fee, fixed: 150, bearer: 'payer' }]
			})
		);
		const changed = await payer.fill(asked);
		expect(changed.path).toContain('notice=changed');
		expect(changed.view).toMatchObject({ withdrawal: { notice: { tone: 'warning' } } });
		expect(await payer.payment()).toMatchObject({ state: 'created' });
		const again = bodyOf(await confirmPage(payer));
		expect(again).toMatchObject({
			form: { parts: [{ rows: [{}, {}, {}, { value: '€1.50' }, { value: '€98.50' }, {}] }] }
		} as object);
	});
});
