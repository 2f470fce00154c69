import fc from 'fast-check';
import { strange } from './values';

type Tree = Record<string, unknown>;

/** One change to a JSON value: where (as a share of its places), how, and with what. */
const change = fc.record({
	at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	how: fc.constantFrom('set', 'set', 'drop', 'rename', 'add', 'wrap'),
	value: strange
});

/** Values of `whole` with one to three changes. */
export function spoiled(whole: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
	return fc
		.tuple(whole, fc.array(change, { minLength: 1, maxLength: 3 }))
		.map(([value, changes]) => changes.reduce(applyChange, structuredClone(value)));
}

function applyChange(
	whole: unknown,
	{ at, how, value }: { at: number; how: string; value: unknown }
): unknown {
	const places = placesIn(whole);
	const path = places[Math.floor(at * places.length)] ?? [];
	const last = path.at(-1);
	if (last === undefined) return how === 'wrap' ? [whole] : structuredClone(value);
	let place = whole as Tree;
	for (const name of path.slice(0, -1)) place = place[name] as Tree;
	const old = place[last];
	if (how === 'set') place[last] = structuredClone(value);
	if (how === 'wrap') place[last] = [old];
	if (how === 'add') place[`${last}_`] = structuredClone(value);
	if (how === 'drop' || how === 'rename') Reflect.deleteProperty(place, last);
	if (how === 'rename') place[typeof value === 'string' ? value : 'other'] = old;
	return whole;
}

/** Every place in a value, as a list of names. */
function placesIn(value: unknown, at: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [at];
	return [at, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...at, name]))];
}
