import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from './locales';
import { ar } from './messages/ar';
import { en, type MessageKey } from './messages/en';

type Value = string | number;

/** The names in braces of an ICU message. A branch of a plural has a space and is no name. */
type ValueNames<Message extends string> = Message extends `${string}{${infer Rest}`
	? NameAtStart<Rest> | ValueNames<Rest>
	: never;
type NameAtStart<Rest extends string> = Rest extends `${infer Head}}${string}`
	? Head extends `${infer Name},${string}`
		? WithoutSpace<Name>
		: WithoutSpace<Head>
	: never;
type WithoutSpace<Name extends string> = Name extends `${string} ${string}` ? never : Name;

/** A key that may be one of several takes the values of any of them. */
type Arguments<Key extends MessageKey> = Key extends MessageKey
	? [ValueNames<(typeof en)[Key]>] extends [never]
		? [values?: Record<string, Value>]
		: [values: Record<ValueNames<(typeof en)[Key]>, Value>]
	: never;

/** Plain text of a message. Numbers that choose a plural are numbers, all else is ready to read. */
export type Translate = <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string;

const messages: Record<Locale, Record<MessageKey, string>> = { en, ar };

/** Numbers within texts have the digits that `formatMoney` writes in the same language. */
const numberingTags: Record<Locale, string> = { en: 'en', ar: 'ar-u-nu-arab' };

const translators: Record<Locale, Translate> = { en: translatorOf('en'), ar: translatorOf('ar') };

/**
 * The function that gives texts in one language, for the server: a page gets resolved strings, and
 * a script gets them in data attributes. Values are text, never markup, whatever is in them; where
 * their direction differs from the sentence's they are isolated: neither disturbs the other.
 * A value that is missing throws, since a payer must not read "{merchant}".
 */
export function translator(locale: Locale): Translate {
	return translators[locale];
}

function translatorOf(locale: Locale): Translate {
	const compiled = new Map<MessageKey, IntlMessageFormat>();
	const constant = new Map<MessageKey, string>();
	return (key, ...[values]) => {
		const known = values ? undefined : constant.get(key);
		if (known !== undefined) return known;
		let message = compiled.get(key);
		if (!message) {
			message = compile(messages[locale][key], locale);
			compiled.set(key, message);
		}
		const text = String(message.format(isolated(values ?? {}, locale)));
		if (!values) constant.set(key, text);
		return text;
	};
}

function compile(message: string, locale: Locale): IntlMessageFormat {
	return new IntlMessageFormat(message, numberingTags[locale], undefined, { ignoreTag: true });
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** U+2068 and U+2069 (first strong isolate) around values. English ones stay as they are. */
function isolated(values: Record<string, Value>, locale: Locale): Record<string, Value> {
	const entries = Object.entries(values).map(([name, value]): [string, Value] => {
		const isStranger = typeof value === 'string' && (locale === 'ar' || rightToLeft.test(value));
		return [name, isStranger ? `\u2068${value}\u2069` : value];
	});
	return Object.fromEntries(entries);
}
