import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './journey.ts';
import { payoutStates, showPayoutState } from './payout-states.ts';
import { orderPayout } from './payouts.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const looks = [
	{ locale: 'en', theme: 'light' },
	{ locale: 'en', theme: 'dark' },
	{ locale: 'ar', theme: 'light' },
	{ locale: 'ar', theme: 'dark' }
] as const;

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
			const { violations, passes } = await new AxeBuilder({ page }).withTags(rules).analyze();
			expect(passes.length).toBeGreaterThan(5);
			const found = violations.flatMap(({ id, nodes }) =>
				nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`)
			);
			expect(found, JSON.stringify(look)).toEqual([]);
			const overhang = await page.evaluate(() => {
				const { scrollWidth, clientWidth } = document.documentElement;
				return scrollWidth - clientWidth;
			});
			expect(overhang, JSON.stringify(look)).toBe(0);
		}
	});
}
