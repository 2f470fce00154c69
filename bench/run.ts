import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureEngine } from './engines.ts';
import { stopAll } from './processes.ts';
const length = process.argv.includes('--quick') ? { rounds: 2, ms: 1000 } : { rounds: 3, ms: 2000 };
const folder = mkdtempSync(join(tmpdir(), 'cashdesk-bench-'));
try {
	for (const engine of ['sqlite', 'postgres'] as const) {
		if (process.argv.includes(`--no-${engine}`)) continue;
		console.log(engine);
		console.table(await measureEngine(engine, folder, length));
	}
} finally {
	await stopAll();
	rmSync(folder, { recursive: true, force: true });
}
