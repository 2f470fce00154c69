import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brandingStyle } from '../../src/lib/server/payer-page/branding-style';
import { contrast, readHex, type Rgb } from '../../src/lib/server/payer-page/contrast';

const surfaces = {
	light: ['#ffffff', '#f2f3f7'].map(colour),
	dark: ['#14171e', '#0b0d12'].map(colour)
};

function colour(hex: string): Rgb {
	const rgb = readHex(hex);
	if (!rgb) throw new Error(`not a colour: ${hex}`);
	return rgb;
}

/** The colours of one theme, read from the sheet as a browser would. */
function coloursIn(sheet: string, theme: 'light' | 'dark') {
	const rule = theme === 'light' ? /^:root:root\{(.*?)\}/ : /\[data-theme=dark\]\{(.*?)\}/;
	const body = rule.exec(sheet)?.[1] ?? '';
	const value = (name: string) => colour(new RegExp(`--${name}:(#\\w{6})`).exec(body)?.[1] ?? '');
	return { fill: value('accent'), on: value('on-accent'), text: value('accent-text') };
}

test('contrast is that of WCAG', () => {
	expect(contrast(colour('#000000'), colour('#ffffff'))).toBeCloseTo(21, 5);
	expect(contrast(colour('#777777'), colour('#ffffff'))).toBeCloseTo(4.48, 2);
});

test('whatever accent a merchant sets, buttons and links can be seen and read', () => {
	const accents = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 })));
	fc.assert(
		fc.property(accents, (parts) => {
			const accent = `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
			const sheet = brandingStyle({ accent }) ?? '';
			for (const theme of ['light', 'dark'] as const) {
				const { fill, on, text } = coloursIn(sheet, theme);
				expect(contrast(fill, on)).toBeGreaterThanOrEqual(4.5);
				for (const surface of surfaces[theme]) {
					expect(contrast(fill, surface)).toBeGreaterThanOrEqual(3);
					expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5);
				}
			}
		}),
		{ numRuns: 500 }
	);
});

test('an accent that can be seen stays as it is', () => {
	expect(brandingStyle({ accent: '#0b6e63' })).toContain('{--accent:#0b6e63;');
});

test('a sheet has numbers and hex colours only, whatever is in the database', () => {
	expect(brandingStyle({ accent: 'red;}</style><script>' })).toBe('');
	expect(brandingStyle({ cornerRadius: 4000 })).toBe(':root:root{--radius:24px;}');
	expect(brandingStyle({ accent: '#123456', cornerRadius: 3.6 })).toMatch(/^[\w:;#{}()@.[\]=-]+$/);
});

test('the corner radius goes with an accent', () => {
	expect(brandingStyle({ accent: '#0b6e63', cornerRadius: 12 })).toContain('--radius:12px');
});
