import { BusinessError } from '$lib/server/errors';
import { jsonPathAt } from './json-path-at';

const numberMark = Symbol('json number');

/** A number as it was written, so that `10.050` can be told from `10.05` and no float holds it. */
export interface JsonNumber {
	/** A symbol, which no JSON can hold: no object that a caller sends passes for a number. */
	readonly kind: typeof numberMark;
	readonly text: string;
}

interface JsonObject {
	[name: string]: JsonValue;
}

export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;

export interface JsonLimits {
	/** How many objects and arrays may lie within each other. */
	depth: number;
}

export function isJsonNumber(value: unknown): value is JsonNumber {
	return (
		typeof value === 'object' && value !== null && 'kind' in value && value.kind === numberMark
	);
}

interface Cursor {
	readonly text: string;
	at: number;
	/** Levels that may still be opened. */
	room: number;
}

// An object without inherited members, so that `__proto__`, `constructor` and `toString` are names
// like any other. `Object.create(null)` would do too, but V8 keeps such objects as slow hash tables.
const BareObject = function () {} as unknown as new () => JsonObject;
BareObject.prototype = Object.create(null);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The one reader of JSON that callers send. It is stricter than JSON.parse: a name may stand once
 * in an object, text holds neither NUL (PostgreSQL cannot store it) nor half a surrogate pair, and
 * numbers keep their text.
 *
 * @throws BusinessError `unreadable` for what is no JSON or lies too deep, `invalid` with the path
 * for a repeated name or a NUL. Messages say where, never what was there.
 */
export function readStrictJson(
	body: Uint8Array | string,
	limits: JsonLimits = { depth: 32 }
): JsonValue {
	const text = typeof body === 'string' ? body : decode(body);
	const cursor: Cursor = { text, at: 0, room: limits.depth };
	const value = readValue(cursor);
	skipSpace(cursor);
	if (cursor.at < text.length) throw unexpected(cursor, cursor.at);
	return value;
}

function decode(bytes: Uint8Array): string {
	try {
		return utf8.decode(bytes);
	} catch {
		throw new BusinessError('unreadable', 'The body is not UTF-8.');
	}
}

function readValue(cursor: Cursor): JsonValue {
	switch (skipSpace(cursor)) {
		case 0x22: // "
			return readString(cursor);
		case 0x7b: // {
			return readObject(cursor);
		case 0x5b: // [
			return readArray(cursor);
		case 0x74: // t
			return readWord(cursor, 'true', true);
		case 0x66: // f
			return readWord(cursor, 'false', false);
		case 0x6e: // n
			return readWord(cursor, 'null', null);
		default:
			return readNumber(cursor);
	}
}

/** Moves to the next character that is no white space and returns its code, NaN at the end. */
function skipSpace(cursor: Cursor): number {
	const { text } = cursor;
	let at = cursor.at;
	let code = text.charCodeAt(at);
	while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
		code = text.charCodeAt(++at);
	}
	cursor.at = at;
	return code;
}

function readObject(cursor: Cursor): JsonObject {
	enter(cursor);
	const object = new BareObject();
	let code = skipSpace(cursor);
	if (code === 0x7d) return leave(cursor, object);
	for (;;) {
		if (code !== 0x22) throw unexpected(cursor, cursor.at);
		const nameAt = cursor.at;
		const name = readString(cursor);
		// No value is ever undefined, so this finds a name that was there before.
		if (object[name] !== undefined) {
			throw invalid(cursor, nameAt, 'The name must not be repeated.');
		}
		if (skipSpace(cursor) !== 0x3a) throw unexpected(cursor, cursor.at);
		cursor.at++;
		object[name] = readValue(cursor);
		code = skipSpace(cursor);
		if (code === 0x7d) return leave(cursor, object);
		if (code !== 0x2c) throw unexpected(cursor, cursor.at);
		cursor.at++;
		code = skipSpace(cursor);
	}
}

function readArray(cursor: Cursor): JsonValue[] {
	enter(cursor);
	const array: JsonValue[] = [];
	if (skipSpace(cursor) === 0x5d) return leave(cursor, array);
	for (;;) {
		array.push(readValue(cursor));
		const code = skipSpace(cursor);
		if (code === 0x5d) return leave(cursor, array);
		if (code !== 0x2c) throw unexpected(cursor, cursor.at);
		cursor.at++;
	}
}

function enter(cursor: Cursor): void {
	if (cursor.room === 0) throw new BusinessError('unreadable', 'The JSON is nested too deeply.');
	cursor.room--;
	cursor.at++;
}

function leave<Value>(cursor: Cursor, value: Value): Value {
	cursor.room++;
	cursor.at++;
	return value;
}

function readString(cursor: Cursor): string {
	const { text } = cursor;
	const start = cursor.at + 1;
	let at = start;
	let seen = 0;
	for (;;) {
		const code = text.charCodeAt(at);
		if (code === 0x22) break;
		if (code === 0x5c) return readEscapedString(cursor);
		// The comparison is written so that NaN, the end of the text, fails it too.
		if (!(code >= 0x20)) throw unexpected(cursor, at);
		seen |= code;
		at++;
	}
	const value = text.slice(start, at);
	// Only a text in which the upper bits were seen can hold a surrogate.
	if (seen >= 0xd800 && !value.isWellFormed()) throw unexpected(cursor, start);
	cursor.at = at + 1;
	return value;
}

/** The rare case: the end is found by hand, the escapes are left to JSON.parse. */
function readEscapedString(cursor: Cursor): string {
	const { text, at: start } = cursor;
	let end = start + 1;
	for (let code = text.charCodeAt(end); code !== 0x22; code = text.charCodeAt(end)) {
		if (Number.isNaN(code)) throw unexpected(cursor, end);
		end += code === 0x5c ? 2 : 1;
	}
	let value: string;
	try {
		value = JSON.parse(text.slice(start, end + 1));
	} catch {
		throw unexpected(cursor, start);
	}
	if (!value.isWellFormed()) throw unexpected(cursor, start);
	if (value.includes('\0')) {
		throw invalid(cursor, start, 'The text must not contain the character NUL.');
	}
	cursor.at = end + 1;
	return value;
}

/** `-? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?`, the grammar of RFC 8259, section 6. */
function readNumber(cursor: Cursor): JsonNumber {
	const { text, at: start } = cursor;
	let at = text.charCodeAt(start) === 0x2d ? start + 1 : start;
	at = text.charCodeAt(at) === 0x30 ? at + 1 : skipDigits(cursor, at);
	if (text.charCodeAt(at) === 0x2e) at = skipDigits(cursor, at + 1);
	if ((text.charCodeAt(at) | 0x20) === 0x65) {
		const sign = text.charCodeAt(at + 1);
		at = skipDigits(cursor, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
	}
	cursor.at = at;
	return { kind: numberMark, text: text.slice(start, at) };
}

/** Passes at least one digit. */
function skipDigits(cursor: Cursor, start: number): number {
	let at = start;
	let code = cursor.text.charCodeAt(at);
	while (code >= 0x30 && code <= 0x39) code = cursor.text.charCodeAt(++at);
	if (at === start) throw unexpected(cursor, at);
	return at;
}

function readWord<Value>(cursor: Cursor, word: string, value: Value): Value {
	if (!cursor.text.startsWith(word, cursor.at)) throw unexpected(cursor, cursor.at);
	cursor.at += word.length;
	return value;
}

function unexpected(cursor: Cursor, at: number): BusinessError {
	return new BusinessError(
		'unreadable',
		at < cursor.text.length
			? `The body is not valid JSON: unexpected character at position ${at}.`
			: 'The body is not valid JSON: it ends too early.'
	);
}

function invalid(cursor: Cursor, at: number, message: string): BusinessError {
	const field = jsonPathAt(cursor.text, at);
	return new BusinessError('invalid', message, { fields: [{ field, message }] });
}
