import type { Context } from '$lib/server/context';
import { describeError } from '$lib/server/log/describe-error';

/**
 * Calls a provider's module. One that throws has told nothing: the outcome is unknown, and the
 * worker will ask.
 */
export async function callProvider<Answer>(
	context: Context,
	call: () => Promise<Answer>
): Promise<Answer | { kind: 'unknown'; message: string }> {
	try {
		return await call();
	} catch (error) {
		context.log.error('a provider module failed', { error: describeError(error) });
		return { kind: 'unknown', message: 'the provider module failed' };
	}
}
