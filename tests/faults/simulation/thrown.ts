/** What somebody gets whose request met a process that died, or nobody at all. */
export class Broken extends Error {
	override readonly name = 'Broken';
}

/** Thrown inside of a dead process where nothing can be awaited; it leads nowhere. */
export class Crash extends Error {
	override readonly name = 'Crash';
}

/** A fault of the database that the core has to live with. */
export class Injected extends Error {
	override readonly name = 'Injected';
}

/** Also through the hands of a log, which keeps a thrown thing's name only. */
export function isInjected(error: unknown): boolean {
	return error instanceof Object && 'name' in error && error.name === 'Injected';
}

/** What a dead process awaits. A new one each time: who waits for a shared one is kept for good. */
export function never(): Promise<never> {
	return new Promise(() => undefined);
}
