/** The languages that pages are written in; the first is the fallback. */
export const locales = ['en', 'ar'] as const;

export type Locale = (typeof locales)[number];

/** For the `dir` attribute of a page in this language. */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
	return locale === 'ar' ? 'rtl' : 'ltr';
}

/** A header with more ranges than this says nothing more about its sender. */
const maxRanges = 20;

/**
 * The language to answer in: what the merchant asked for (BCP 47, "ar-YE"), else the best of the
 * browser's Accept-Language (RFC 9110, 12.5.4), else English. Only the language decides: a region
 * or script of a language that we have gets that language. Never throws, whatever is sent.
 */
export function chooseLocale(wanted: string | null, acceptLanguage: string | null): Locale {
	return localeOf(wanted ?? '') ?? fromHeader(acceptLanguage ?? '') ?? locales[0];
}

function localeOf(tag: string): Locale | undefined {
	const [language] = tag.trim().toLowerCase().split(/[-_]/);
	return locales.find((locale) => locale === language);
}

function fromHeader(header: string): Locale | undefined {
	const ranges = header.split(',', maxRanges).map(readRange);
	const refused = ranges.filter(({ weight }) => weight === 0).map(({ tag }) => localeOf(tag));
	const byWeight = ranges
		.filter(({ weight }) => weight > 0)
		.sort((one, other) => other.weight - one.weight);
	for (const { tag } of byWeight) {
		const offered = tag === '*' ? locales : [localeOf(tag)];
		const locale = offered.find((candidate) => !refused.includes(candidate));
		if (locale) return locale;
	}
	return undefined;
}

/** `weight` is 0 to 1; one that can't be read counts as 0, as if the range weren't wanted. */
function readRange(range: string): { tag: string; weight: number } {
	const [, tag = '', weight = '1'] = /^\s*([\w*-]+)\s*(?:;\s*q=([\d.]*)\s*)?$/i.exec(range) ?? [];
	return { tag, weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
}
