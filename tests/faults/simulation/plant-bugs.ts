import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { play } from './play.ts';

interface Finding {
	bug: string;
	/** The first schedule that met it; undefined: none did. */
	seed: number | undefined;
	/** The first thing that did not agree. */
	fault: string | undefined;
	/** Schedules that were played. */
	schedules: number;
}

const root = new URL('../../../', import.meta.url);
const patches = new URL('bugs/', import.meta.url);

/** The names of the bugs, in order: patches of the core, each of which breaks one rule. */
export function bugNames(): string[] {
	return readdirSync(patches)
		.filter((name) => name.endsWith('.patch'))
		.map((name) => name.replace('.patch', ''))
		.sort();
}

/**
 * Plants one bug after the other into a copy of the core and plays schedules until one has faults,
 * at most so many.
 */
export async function* findBugs(names: string[], mostSchedules: number): AsyncGenerator<Finding> {
	const folder = mkdtempSync(join(tmpdir(), 'cashdesk-bugs-'));
	try {
		for (const part of ['src', 'tests/faults', 'package.json']) {
			cpSync(new URL(part, root), join(folder, part), { recursive: true });
		}
		symlinkSync(new URL('node_modules', root), join(folder, 'node_modules'));
		for (const bug of names) yield await findBug(folder, bug, mostSchedules);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function findBug(folder: string, bug: string, mostSchedules: number): Promise<Finding> {
	const patch = patchOf(bug);
	apply(folder, patch);
	const home = pathToFileURL(`${join(folder, 'tests/faults/simulation')}/`);
	const report = await play({ from: 1, count: mostSchedules, mostFailures: 1, home });
	apply(folder, '--reverse', patch);
	const [first] = report.failures.sort((one, other) => one.seed - other.seed);
	return { bug, seed: first?.seed, fault: first?.faults[0], schedules: report.schedules };
}

/** Whether a bug's patch still fits the code. */
export function applies(bug: string): boolean {
	try {
		apply(root.pathname, '--check', patchOf(bug));
		return true;
	} catch {
		return false;
	}
}

function patchOf(bug: string): string {
	return new URL(`${bug}.patch`, patches).pathname;
}

/** Throws with what git says where the code has moved on and the patch fits no more. */
function apply(folder: string, ...options: string[]): void {
	// Outside of any repository, or git would look for the files there.
	const env = { ...process.env, GIT_CEILING_DIRECTORIES: folder };
	execFileSync('git', ['apply', '-C1', ...options], { cwd: folder, env, stdio: 'pipe' });
}
