import { ar } from '../../src/lib/i18n/messages/ar.ts';
import { en, type MessageKey } from '../../src/lib/i18n/messages/en.ts';

/** A text of the payer's page with its values filled in; those with plurals can't be had here. */
export function say(
	key: MessageKey,
	values: Record<string, string> = {},
	locale: 'en' | 'ar' = 'en'
): string {
	const text: string = (locale === 'ar' ? ar : en)[key];
	return text.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = values[name];
		if (value === undefined) throw new Error(`${key} needs ${name}`);
		return value;
	});
}
