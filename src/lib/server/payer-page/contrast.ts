/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

export function readHex(hex: string): Rgb | null {
	const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex) ?? [];
	if (!red || !green || !blue) return null;
	return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

export function writeHex(colour: Rgb): string {
	return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** WCAG 2.2's contrast ratio, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

/** A colour on the way from `from` (0) to `to` (1). */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
	const part = (at: 0 | 1 | 2) => from[at] + (to[at] - from[at]) * share;
	return [part(0), part(1), part(2)];
}

/**
 * The colour nearest to `wanted`, on its way to `towards`, that has a contrast of at least `ratio`
 * with each of `against` once it is written in whole numbers. `towards` itself has to have it.
 */
export function withContrast(
	wanted: Rgb,
	towards: Rgb,
	against: readonly Rgb[],
	ratio: number
): Rgb {
	const steps = 64;
	for (let step = 0; step < steps; step++) {
		const colour = readHex(writeHex(mix(wanted, towards, step / steps))) ?? towards;
		if (against.every((other) => contrast(colour, other) >= ratio)) return colour;
	}
	return towards;
}

function luminance(colour: Rgb): number {
	const [red = 0, green = 0, blue = 0] = colour.map((part) => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
