import { describe, expect, it } from 'vitest';
import type { Context } from '$lib/server/context';
import { nextTryAt } from '$lib/server/webhooks/retry-schedule';

function gapsWith(byte: number): number[] {
	const context = {
		clock: { now: () => 1_000_000 },
		random: { bytes: (count: number) => Buffer.alloc(count, byte) }
	} as unknown as Context;
	const gaps: number[] = [];
	for (let tries = 1; ; tries++) {
		const at = nextTryAt(context, tries);
		if (at === null) return gaps;
		gaps.push((at - 1_000_000) / 1_000);
	}
}

describe('the gaps between tries', () => {
	const contract = [5, 60, 300, 900, 3_600, 14_400, 36_000, 50_400, 72_000, 86_400];

	it('are at least four fifths of the contract’s', () => {
		expect(gapsWith(0)).toEqual(contract.map((seconds) => seconds * 0.8));
	});

	it('are at most six fifths of the contract’s', () => {
		expect(gapsWith(255)).toEqual(contract.map((seconds) => seconds * 1.2));
	});
});
