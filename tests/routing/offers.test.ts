import { expect, test } from 'vitest';
import { allProviders } from '$lib/server/providers';
import { offersOf } from '$lib/server/routing/fit-of';

const offers = allProviders.flatMap(({ methods }) => methods);

test('a name means one kind of method, whichever provider offers it', () => {
	const kinds = new Map(offers.map(({ name, kind }) => [name, kind]));
	expect(offers.filter(({ name, kind }) => kinds.get(name) !== kind)).toEqual([]);
	for (const { methods } of allProviders) {
		expect(new Set(methods.map(({ name }) => name)).size).toBe(methods.length);
	}
});

test('every provider has the verbs of what it offers, and names that settings can hold', () => {
	for (const provider of allProviders) {
		const able = [...offersOf(provider, 'deposit'), ...offersOf(provider, 'withdrawal')];
		expect(new Set(able)).toEqual(new Set(provider.methods));
	}
	expect(offers.filter(({ name }) => !/^[a-z][a-z0-9_]{0,63}$/.test(name))).toEqual([]);
});
