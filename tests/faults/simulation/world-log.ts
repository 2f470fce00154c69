import type { Log } from '../../../src/lib/server/log/log.ts';
import type { Owner } from './scheduler.ts';
import { isInjected } from './thrown.ts';
import { count, type World } from './world.ts';

/** Things that operators are told of and that do happen in this world. */
const expected = [
	'a provider reports money for an attempt that is over',
	'a provider took back a payment that it had attested',
	'A webhook was given up'
];

/**
 * A log that listens: what is told as an error is a defect of the core, unless a fault of ours
 * stands behind it.
 */
export function createWorldLog(world: World, process: Owner): Log {
	const hear = (level: string) => (message: string, fields?: Record<string, unknown>) => {
		if (!process.alive) return;
		world.show?.(`   ${process.name} ${level}: ${message} ${JSON.stringify(fields) ?? ''}`);
		if (level === 'debug' || level === 'info') return;
		if (expected.includes(message) || isInjected(fields?.error)) count(world, `log: ${message}`);
		else world.defects.push(`${message} ${JSON.stringify(fields) ?? ''}`);
	};
	const log: Log = {
		debug: hear('debug'),
		info: hear('info'),
		warn: hear('warn'),
		error: hear('error'),
		fatal: hear('fatal'),
		child: () => log
	};
	return log;
}
