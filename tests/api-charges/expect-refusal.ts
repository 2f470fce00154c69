import { expect } from 'vitest';
import { errorAnswer } from '$lib/server/api-charges/answers';
import type { Reply } from './stage';

const types: Record<number, string> = {
	401: 'authentication_error',
	403: 'authentication_error',
	429: 'rate_limit_error'
};

/** A refusal in the contract's shape and with nothing else in it. */
export function expectRefusal(reply: Reply, status: number, code: string, param?: string): void {
	expect(reply.status, reply.text).toBe(status);
	expect(reply.headers.get('content-type')).toBe('application/json');
	const { error } = errorAnswer.parse(reply.json);
	expect({ ...error, message: '', request_id: '' }, reply.text).toEqual({
		type: types[status] ?? 'invalid_request_error',
		code,
		message: '',
		request_id: '',
		...(param !== undefined && { param })
	});
	expect(error.message).toMatch(/\w{2}/);
	expect(error.request_id).toMatch(/^[0-9a-f-]{36}$/);
}
