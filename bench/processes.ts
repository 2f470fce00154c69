import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/** Every process that was started and has not ended. */
const children = new Set<ChildProcess>();

interface Start {
	file: string;
	env: Record<string, string | undefined>;
	/** What it prints once it can be used. */
	ready: string;
}

/** Starts a Node process and waits, at most 30 s, until it says that it is ready. */
export async function startNode(start: Start): Promise<ChildProcess> {
	const { file, env, ready } = start;
	const child = spawn(process.execPath, [file], {
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	track(child);
	await new Promise<void>((resolve, reject) => {
		const limit = setTimeout(() => reject(new Error(`${file} was not ready in 30 s`)), 30_000);
		child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
		child.stdout?.on('data', (text: Buffer) => {
			if (!text.includes(ready)) return;
			clearTimeout(limit);
			resolve();
		});
	});
	return child;
}

/** Starts a Node process that is spoken to by messages. */
export function startNodeWithChannel(file: string): ChildProcess {
	const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc'];
	return track(spawn(process.execPath, [file], { stdio }));
}

function track(child: ChildProcess): ChildProcess {
	children.add(child);
	child.once('exit', () => children.delete(child));
	return child;
}

/** Ends a process, by force where it takes more than 15 s. */
export async function stop(child: ChildProcess): Promise<void> {
	if (!children.has(child)) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	const limit = setTimeout(() => child.kill('SIGKILL'), 15_000);
	await ended;
	clearTimeout(limit);
}

/** Ends all that still run, whatever went wrong. */
export async function stopAll(): Promise<void> {
	await Promise.all([...children].map(stop));
}

process.once('exit', () => {
	for (const child of children) child.kill('SIGKILL');
});
