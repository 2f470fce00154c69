import { describeError } from './describe-error';
import { isSecretName, redactText } from './redact-text';

const deepest = 8;
const mostInOne = 100;
const mostInAll = 2000;
const longestName = 200;

interface Walk {
	/** Values that may still be shown, so that a wide or circular one comes to an end. */
	left: number;
}

/**
 * A copy of a value that may be printed or kept: plain data, bounded in depth, width and length,
 * with `[card]` for card numbers and `[redacted]` for fields whose name says secret or card data.
 * A text gives a text. Never throws.
 */
export function redact(value: unknown): unknown {
	return redactValue(value, { left: mostInAll }, deepest, false);
}

function redactValue(value: unknown, walk: Walk, levels: number, inCard: boolean): unknown {
	if (walk.left-- <= 0) return '[more]';
	switch (typeof value) {
		case 'string':
			return redactText(value);
		case 'number':
		case 'bigint':
			return redactNumber(value);
		case 'boolean':
		case 'undefined':
			return value;
		case 'object':
			return value === null ? null : redactObject(value, walk, levels, inCard);
		default:
			return `[${typeof value}]`;
	}
}

/** A number is printed as it is unless its digits are a card's. */
function redactNumber(value: number | bigint): unknown {
	const text = String(value);
	const shown = redactText(text);
	if (shown !== text) return shown;
	return typeof value === 'bigint' ? text : value;
}

function redactObject(value: object, walk: Walk, levels: number, inCard: boolean): unknown {
	if (value instanceof Error) return describeError(value);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
	if (value instanceof URL) return redactText(value.href);
	if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
		return `[${value.byteLength} bytes]`;
	}
	if (levels === 0) return '[deeper]';
	try {
		if (Array.isArray(value) || value instanceof Set) {
			const items = Array.isArray(value) ? value.slice(0, mostInOne) : [...value];
			return items.slice(0, mostInOne).map((item) => redactValue(item, walk, levels - 1, inCard));
		}
		const isEntries = value instanceof Map || value instanceof Headers;
		const entries: [unknown, unknown][] = isEntries ? [...value] : Object.entries(value);
		return redactFields(entries.slice(0, mostInOne), walk, levels, inCard);
	} catch {
		// A proxy or a getter that throws.
		return '[unreadable]';
	}
}

function redactFields(
	entries: [unknown, unknown][],
	walk: Walk,
	levels: number,
	inCard: boolean
): Record<string, unknown> {
	const fields = entries.map(([key, inner]): [string, unknown] => {
		const name = String(key);
		const hidden = isSecretName(name) || (inCard && /^(?:number|code)$/i.test(name));
		const underCard = inCard || /card/i.test(name);
		return [
			redactText(name, longestName),
			hidden && inner !== undefined && inner !== null
				? '[redacted]'
				: redactValue(inner, walk, levels - 1, underCard)
		];
	});
	return Object.fromEntries(fields);
}
