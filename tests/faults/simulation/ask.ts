import { BusinessError } from '../../../src/lib/server/errors.ts';
import { anyProcess, serve, type AppProcess } from './process.ts';
import { Broken, isInjected } from './thrown.ts';
import { count, permille, type World } from './world.ts';

/**
 * Somebody's request to the app, over a line that may lose it, bring it twice or lose the answer.
 * Undefined: no answer came, and nobody outside knows what was done.
 */
export async function ask<T>(
	world: World,
	what: string,
	act: (process: AppProcess) => Promise<T>
): Promise<T | undefined> {
	const { scheduler, random } = world;
	await scheduler.pass(what);
	if (permille(random, world.weather.requestLost)) return undefined;
	if (permille(random, world.weather.twice / 4)) void once(world, what, act);
	const value = await once(world, what, act);
	await scheduler.pass(`answer to ${what}`);
	return permille(random, world.weather.replyLost) ? undefined : value;
}

async function once<T>(
	world: World,
	what: string,
	act: (process: AppProcess) => Promise<T>
): Promise<T | undefined> {
	try {
		const process = anyProcess(world);
		const value = await serve(process, () => act(process));
		count(world, typeof value === 'string' ? `${what}: ${value}` : what);
		return value;
	} catch (error) {
		if (error instanceof BusinessError) count(world, `${what}: ${error.code}`);
		else if (!(error instanceof Broken) && !isInjected(error)) {
			world.defects.push(`${what} failed: ${stackOf(error)}`);
		}
		return undefined;
	}
}

export function stackOf(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
