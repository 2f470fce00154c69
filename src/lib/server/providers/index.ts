import type { Provider } from './provider';
import { simulator } from './simulator/simulator';

/** Every provider. The name it gives itself is the one in accounts, addresses and lists. */
export const allProviders: readonly Provider[] = [simulator];

const byName = new Map(allProviders.map((provider) => [provider.name, provider]));

/** Undefined for a name that no provider has, as in an address that somebody typed. */
export function providerNamed(name: string): Provider | undefined {
	return byName.get(name);
}
