import { describe, expect, it } from 'vitest';
import { BusinessError } from '$lib/server/errors';
import { describeError } from '$lib/server/log/describe-error';
import { createLog } from '$lib/server/log/log';

const visa = '4111111111111111';

function recorded(level = 'info') {
	const lines: string[] = [];
	const log = createLog({ level, destination: { write: (line) => lines.push(line) } });
	return { log, lines, read: () => lines.map((line): unknown => JSON.parse(line)) };
}

describe('the log', () => {
	it('writes a JSON line a call, with level, time, message and fields', () => {
		const { log, lines, read } = recorded();
		log.info('started', { port: 3000 });
		log.warn('slow');
		expect(lines.map((line) => line.indexOf('\n'))).toEqual(lines.map((line) => line.length - 1));
		expect(read()).toEqual([
			{ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), port: 3000, message: 'started' },
			{ level: 'warn', time: expect.any(String), message: 'slow' }
		]);
	});

	it('writes nothing below its level', () => {
		const { log, lines } = recorded('error');
		log.debug('a');
		log.info('b');
		log.warn('c');
		expect(lines).toEqual([]);
		log.error('d');
		log.fatal('e');
		expect(lines).toHaveLength(2);
		const silent = recorded('silent');
		silent.log.fatal('f');
		expect(silent.lines).toEqual([]);
	});

	it('redacts messages, fields and the facts of a child', () => {
		const { log, lines, read } = recorded();
		const child = log.child({ requestId: 'r1', cookie: 'c', path: '/pay/Zm9vYmFy' });
		child.error(`refused ${visa}`, {
			body: { card_number: visa, cvc: '123' },
			error: new Error(`bad ${visa}`)
		});
		expect(lines.join()).not.toMatch(/4111|123|Zm9v/);
		expect(read()).toMatchObject([
			{
				message: 'refused [card]',
				requestId: 'r1',
				cookie: '[redacted]',
				path: '/pay/[redacted]',
				error: { name: 'Error', message: 'bad [card]' }
			}
		]);
	});

	it('takes no part of a message for a placeholder', () => {
		const { log, read } = recorded();
		log.info('100 % of %s and %o', { a: 1 });
		expect(read()).toMatchObject([{ message: '100 % of %s and %o', a: 1 }]);
	});
});

describe('describeError', () => {
	it('says name, code, message and where, through the redactor', () => {
		const error = Object.assign(new TypeError(`no ${visa}\n    at ${visa}`), { code: 'E_X' });
		const description = describeError(error);
		expect(description).toMatchObject({ name: 'TypeError', code: 'E_X' });
		expect(description.message).toContain('no [card]');
		expect(description.stack).toContain('log.test.ts');
		expect(JSON.stringify(description)).not.toContain('4111');
		expect(describeError(new BusinessError('invalid', 'x'))).toMatchObject({
			name: 'BusinessError',
			code: 'invalid'
		});
	});

	it('follows causes, circular ones too, and the first of several', () => {
		const error = new Error('outer', { cause: new Error(`cvc=123, card ${visa}`) });
		expect(describeError(error).cause?.message).toBe('cvc=[redacted], card [card]');
		const circle = new Error('circle');
		circle.cause = circle;
		expect(JSON.stringify(describeError(circle)).length).toBeLessThan(50_000);
		const several = new AggregateError([new Error('first'), new Error('second')]);
		expect(describeError(several).cause?.message).toBe('first');
	});

	it('bounds what it says', () => {
		const description = describeError(new Error('x'.repeat(1_000_000)));
		expect(JSON.stringify(description).length).toBeLessThan(20_000);
	});

	it.each([
		['a text', `oops ${visa}`, 'oops [card]'],
		['nothing', undefined, 'undefined'],
		['an object', { cvc: 1 }, '[object Object]'],
		['an object that cannot be a text', Object.create(null), 'undefined']
	])('describes %s that was thrown', (_, thrown, message) => {
		expect(describeError(thrown).message).toBe(message);
	});

	it('survives an error whose parts throw', () => {
		const error = new Error('x');
		for (const part of ['name', 'message', 'code', 'stack', 'cause']) {
			Object.defineProperty(error, part, {
				get() {
					throw new Error(visa);
				}
			});
		}
		expect(JSON.stringify(describeError(error))).not.toContain('4111');
	});
});
