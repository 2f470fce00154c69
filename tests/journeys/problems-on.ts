import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The looks that every state of the payer's pages has. */
export const looks = [
	{ locale: 'en', theme: 'light' },
	{ locale: 'en', theme: 'dark' },
	{ locale: 'ar', theme: 'light' },
	{ locale: 'ar', theme: 'dark' }
] as const;

/** What axe finds, with enough to find it again. */
export async function problemsOn(page: Page): Promise<string[]> {
	const { violations, passes } = await new AxeBuilder({ page }).withTags(rules).analyze();
	expect(passes.length).toBeGreaterThan(5);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`)
	);
}

/** By how many pixels a page is wider than its window. */
export function overhang(page: Page): Promise<number> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return scrollWidth - clientWidth;
	});
}
