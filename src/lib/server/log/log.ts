import { pino, type Logger } from 'pino';
import { redact } from './redact';
import { redactText } from './redact-text';

/** A sentence that says what happened, and the facts beside it. */
type Write = (message: string, fields?: Record<string, unknown>) => void;

/** Writes one JSON line a call, each text and field of it redacted. */
export interface Log {
	debug: Write;
	info: Write;
	warn: Write;
	error: Write;
	fatal: Write;
	/** The same log with facts, a request's id for example, on each of its lines. */
	child(fields: Record<string, unknown>): Log;
}

interface LogOptions {
	/** One of pino's levels, `silent` included; the configuration has checked it. */
	level: string;
	/** Standard output when left out. */
	destination?: { write(line: string): void };
}

/** A log for the process. Lines are written before the call returns, so a crash loses none. */
export function createLog({ level, destination = pino.destination(1) }: LogOptions): Log {
	const logger = pino(
		{
			level,
			base: null,
			messageKey: 'message',
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) }
		},
		destination
	);
	return wrap(logger);
}

function wrap(logger: Logger): Log {
	const writeAt =
		(level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'): Write =>
		(message, fields) => {
			if (!logger.isLevelEnabled(level)) return;
			const shown = redactText(message);
			if (fields) logger[level](redact(fields), shown);
			else logger[level](shown);
		};
	return {
		debug: writeAt('debug'),
		info: writeAt('info'),
		warn: writeAt('warn'),
		error: writeAt('error'),
		fatal: writeAt('fatal'),
		child: (fields) => wrap(logger.child(Object(redact(fields))))
	};
}
