import { sha256 } from '$lib/server/secrets/sha256';

/** Hex digits taken of a hash: 48 bits, which a double holds exactly. */
const DIGITS = 12;

/**
 * An order of accounts in which each comes first as often, over many transactions, as its weight is
 * a part of all weights. It is drawn by a hash and not at random, so that every page view, repeat
 * and worker draws the same; each account draws by itself, so that one that drops out leaves the
 * order of the others as it was. (The exponential race: Efraimidis and Spirakis, *Weighted random
 * sampling with a reservoir*, 2006. The floats in it are no money.)
 */
export function drawOrder<T extends { account: number; weight: number }>(
	tier: readonly T[],
	transactionId: string
): T[] {
	return tier
		.map((one) => ({ one, time: timeOf(one, transactionId) }))
		.sort((a, b) => a.time - b.time)
		.map(({ one }) => one);
}

function timeOf({ account, weight }: { account: number; weight: number }, transactionId: string) {
	const digits = sha256(`${transactionId}:${account}`).slice(0, DIGITS);
	const drawn = (Number.parseInt(digits, 16) + 1) / (16 ** DIGITS + 1);
	return -Math.log(drawn) / weight;
}
