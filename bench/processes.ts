import { spawn, type ChildProcess } from 'node:child_process';

/** What was started and has not ended. */
const children = new Set<ChildProcess>();

const READY_LIMIT_MS = 30_000;
const root = new URL('..', import.meta.url).pathname;

/** Starts a Node process and waits until it prints that it is ready. */
export async function startNode(
	file: string,
	env: Record<string, string | undefined>
): Promise<ChildProcess> {
	const child = spawn(process.execPath, [file], {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	track(child);
	await new Promise<void>((resolve, reject) => {
		const limit = setTimeout(() => reject(new Error(`${file} was not ready`)), READY_LIMIT_MS);
		child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
		child.stdout.once('data', () => {
			clearTimeout(limit);
			resolve();
		});
	});
	return child;
}

/** Starts a Node process that is spoken to by messages. */
export function startNodeWithChannel(file: string): ChildProcess {
	const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
	return track(spawn(process.execPath, [file], { cwd: root, stdio: [...stdio] }));
}

function track(child: ChildProcess): ChildProcess {
	children.add(child);
	child.once('exit', () => children.delete(child));
	return child;
}

/** Ends a process that was started here. */
export async function stop(child: ChildProcess): Promise<void> {
	if (!children.has(child)) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await ended;
}

// Whatever went wrong, nothing is left running.
process.once('exit', () => {
	for (const child of children) child.kill('SIGKILL');
});
