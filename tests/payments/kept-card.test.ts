import { beforeEach, expect, test } from 'vitest';
import { listInstruments } from '../../src/lib/server/instruments/list-instruments';
import { removeInstrument } from '../../src/lib/server/instruments/remove-instrument';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';

const APPROVED = '4242424242424242';
const DECLINED = '4000000000000002';
const HANG_CHARGED = '4000000000005019';

describeOnEachEngine('a card that is kept', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	const cardOf = (number: string, keep: boolean) => ({
		kind: 'card' as const,
		keep,
		card: {
			number,
			expiryMonth: 12,
			expiryYear: 2030,
			securityCode: '737',
			holderName: 'Ada Payer'
		}
	});

	function kept(payerReference = '128') {
		const { merchantId } = shop.application;
		return listInstruments(shop.context, { merchantId, mode: 'test', payerReference });
	}

	test('with consent, after success, for that payer; and pays next time', async () => {
		const payment = await shop.open();
		await shop.deposit(payment, cardOf(APPROVED, true));
		const [instrument] = await kept();
		expect(instrument).toMatchObject({ brand: 'visa', last4: '4242', expiry: '2030-12' });
		expect(await kept('somebody else')).toEqual([]);
		const next = await shop.open();
		const means = { kind: 'kept_card', instrumentId: instrument?.id ?? '' } as const;
		const result = await shop.deposit(next, { ...means, securityCode: '737' });
		expect(result).toEqual({ kind: 'sent' });
		expect(await shop.read(next)).toMatchObject({
			state: 'succeeded',
			attempt: { cardLast4: '4242', cardBrand: 'visa' }
		});
		expect(await kept()).toHaveLength(1);
	});

	test('also when the provider’s word comes later', async () => {
		const payment = await shop.open();
		await shop.deposit(payment, cardOf(HANG_CHARGED, true));
		expect(await kept()).toEqual([]);
		await shop.work(60_000);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await kept()).toHaveLength(1);
	});

	test('neither without consent, nor after a decline', async () => {
		await shop.deposit(await shop.open(), cardOf(APPROVED, false));
		await shop.deposit(await shop.open(), cardOf(DECLINED, true));
		expect(await kept()).toEqual([]);
	});

	test('one that was removed, or is another payer’s, charges nothing', async () => {
		await shop.deposit(await shop.open(), cardOf(APPROVED, true));
		const [instrument] = await kept();
		const instrumentId = instrument?.id ?? '';
		const means = { kind: 'kept_card', instrumentId, securityCode: null } as const;
		const stranger = await shop.open({ payerReference: 'somebody else' });
		expect(await shop.deposit(stranger, means)).toEqual({ kind: 'card_gone' });
		const { merchantId } = shop.application;
		const owner = { merchantId, mode: 'test', payerReference: '128' } as const;
		expect(await removeInstrument(shop.context, owner, instrumentId)).toBe(true);
		const payment = await shop.open();
		expect(await shop.deposit(payment, means)).toEqual({ kind: 'card_gone' });
		expect(await shop.acquirer(payment)).toEqual([]);
	});
});
