import type { Provider, ProviderName } from './provider';
import { simulator } from './simulator';

/** Every provider. A name without one, or one without a name, fails the type check. */
const providers: Record<ProviderName, Provider> = { simulator };

/** Undefined for a name that no provider has, as in an address that somebody typed. */
export function providerNamed(name: string): Provider | undefined {
	return isProviderName(name) ? providers[name] : undefined;
}

function isProviderName(name: string): name is ProviderName {
	return Object.hasOwn(providers, name);
}
