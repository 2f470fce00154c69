import type { Branding } from '$lib/server/merchants/application';
import { contrast, mix, readHex, withContrast, writeHex, type Rgb } from './contrast';

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

/** The surfaces that an accent stands on: `--surface` and `--page` of app.css. */
const light = { towards: black, surfaces: ['#ffffff', '#f2f3f7'].map(colourOf) };
const dark = { towards: white, surfaces: ['#14171e', '#0b0d12'].map(colourOf) };
/**
 * A merchant's branding as a small sheet that wins over app.css: hex colours and one number,
 * nothing that a merchant wrote. Null without branding. The accent is moved towards black or white
 * until a button stands out from each theme's surfaces (3:1, WCAG 1.4.11) and its text and links
 * can be read (4.5:1, WCAG 1.4.3).
 */
export function brandingStyle({ accent, cornerRadius }: Branding): string | null {
	const key = `${accent} ${cornerRadius}`;
	let style = styles.get(key);
	if (style === undefined) {
		if (styles.size >= MAX_STYLES) styles.clear();
		style = styleOf({ accent, cornerRadius });
		styles.set(key, style);
	}
	return style;
}

/** Looking for colours takes longer than a page has. */
const styles = new Map<string, string | null>();
const MAX_STYLES = 1000;

function styleOf({ accent, cornerRadius }: Branding): string | null {
	const colour = accent === undefined ? null : readHex(accent);
	const radius =
		cornerRadius === undefined
			? ''
			: `--radius:${Math.min(24, Math.max(0, Math.round(cornerRadius)))}px;`;
	if (!colour) return radius && `:root:root{${radius}}`;
	const darkRules = accentRules(colour, dark);
	return [
		`:root:root{${radius}${accentRules(colour, light)}}`,
		`@media(prefers-color-scheme:dark){:root:root:not([data-theme=light]){${darkRules}}}`,
		`:root:root[data-theme=dark]{${darkRules}}`
	].join('');
}

function accentRules(
	wanted: Rgb,
	{ towards, surfaces }: { towards: Rgb; surfaces: Rgb[] }
): string {
	const fill = withContrast(wanted, towards, surfaces, 3);
	// One of the two always reaches 4.5, since together they span 21 and 4.5² is less.
	const on = contrast(fill, white) >= 4.5 ? white : black;
	const strong = mix(fill, on === white ? black : white, 0.16);
	const text = withContrast(wanted, towards, surfaces, 4.5);
	return [
		`--accent:${writeHex(fill)}`,
		`--accent-strong:${writeHex(strong)}`,
		`--on-accent:${writeHex(on)}`,
		`--accent-text:${writeHex(text)}`
	].join(';');
}

function colourOf(hex: string): Rgb {
	return readHex(hex) ?? black;
}
