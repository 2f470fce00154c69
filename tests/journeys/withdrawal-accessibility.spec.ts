import { expect, test } from './journey.ts';
import { payoutStates, showPayoutState } from './payout-states.ts';
import { orderPayout } from './payouts.ts';
import { looks, overhang, problemsOn } from './problems-on.ts';

test.beforeEach(async ({ page, faults }) => {
	faults.allow(/status of 422/);
	// A colour on its way to another one has no contrast of its own.
	await page.emulateMedia({ reducedMotion: 'reduce' });
});

for (const [name, state] of Object.entries(payoutStates)) {
	test(`a withdrawal's page: ${name}`, async ({ page, app, shop }) => {
		const order = await orderPayout(app, shop, state.fields);
		await state.reach?.({ page, app, shop }, order);
		await page.setViewportSize({ width: 320, height: 640 });
		for (const look of looks) {
			await showPayoutState(page, state, order.url, look);
			expect(await problemsOn(page), JSON.stringify(look)).toEqual([]);
			expect(await overhang(page), JSON.stringify(look)).toBe(0);
		}
	});
}
