import { redactText } from './redact-text';

const longestMessage = 2000;
const mostFrames = 20;
const mostCauses = 3;

/** What may be printed of something thrown. */
export interface ErrorDescription {
	name: string;
	message: string;
	code?: string | number;
	/** Where it was thrown, without the message that V8 puts in front. */
	stack?: string;
	cause?: ErrorDescription;
}

/**
 * Describes whatever was thrown for the log. Its texts pass the redactor, since a parser's error
 * may quote what it could not read and a driver's what it could not store.
 */
export function describeError(error: unknown): ErrorDescription {
	return describe(error, mostCauses);
}

function describe(error: unknown, causesLeft: number): ErrorDescription {
	if (!(error instanceof Error)) {
		return { name: `thrown ${typeof error}`, message: textOf(() => error) };
	}
	const description: ErrorDescription = {
		name: textOf(() => error.name),
		message: textOf(() => error.message)
	};
	const code = read(() => ('code' in error ? error.code : undefined));
	if (typeof code === 'number') description.code = code;
	if (typeof code === 'string') description.code = redactText(code, longestMessage);
	const stack = framesOf(read(() => error.stack));
	if (stack) description.stack = stack;
	const cause = read(() => error.cause ?? firstOf(error));
	if (cause !== undefined && causesLeft > 0) description.cause = describe(cause, causesLeft - 1);
	return description;
}

/** Of several errors, as of a connection tried on several addresses, the first stands for all. */
function firstOf(error: Error): unknown {
	return error instanceof AggregateError ? error.errors[0] : undefined;
}

function framesOf(stack: unknown): string | undefined {
	if (typeof stack !== 'string') return undefined;
	const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
	return redactText(frames.slice(0, mostFrames).join('\n'));
}

function textOf(get: () => unknown): string {
	const value = read(get);
	const isText = typeof value === 'string';
	return redactText(isText ? value : String(read(() => String(value))), longestMessage);
}

/** What was thrown may be anything, a getter that throws again included. */
function read<Value>(get: () => Value): Value | undefined {
	try {
		return get();
	} catch {
		return undefined;
	}
}
