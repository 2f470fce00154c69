import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const SAMPLED_EVERY_MS = 10;

/** The most memory that a process had while `work` ran, in MiB. */
export async function peakMemory(pid: number, work: () => Promise<unknown>): Promise<number> {
	if (!canReset(pid)) return samplePeak(pid, work);
	await work();
	const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readStatus(pid)) ?? [];
	return Number(kibibytes) / 1024;
}

/** Makes Linux forget the peak so far; false where there is no such thing. */
function canReset(pid: number): boolean {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
		return true;
	} catch {
		return false;
	}
}

function readStatus(pid: number): string {
	return readFileSync(`/proc/${pid}/status`, 'utf8');
}

/** Elsewhere the process is looked at again and again; a short peak may be missed. */
async function samplePeak(pid: number, work: () => Promise<unknown>): Promise<number> {
	let peak = 0;
	const look = () => {
		const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
		peak = Math.max(peak, Number(kibibytes) / 1024);
	};
	look();
	const sampling = setInterval(look, SAMPLED_EVERY_MS);
	try {
		await work();
	} finally {
		clearInterval(sampling);
	}
	look();
	return peak;
}
