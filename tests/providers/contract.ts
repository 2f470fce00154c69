import { describe } from 'vitest';
import type { Provider } from '$lib/server/providers/provider';
import { describeCards } from './contract/cards';
import { describeDeposits } from './contract/deposits';
import { describeKeptCards } from './contract/kept-cards';
import { describeNotifications } from './contract/notifications';
import { describePayouts } from './contract/payouts';
import { describeRefunds } from './contract/refunds';
import type { OpenRig } from './contract/rig';
import { describeWays } from './contract/ways';

/** What every provider keeps, whatever system stands behind it; verbs it lacks are left out. */
export function describeProviderContract(provider: Provider, openRig: OpenRig): void {
	describeWays(provider, openRig);
	describe.runIf(provider.payByCard)('a card', () => describeCards(openRig));
	describeKeptCards(provider, openRig);
	describeDeposits(provider, openRig);
	describePayouts(provider, openRig);
	describeRefunds(provider, openRig);
	describeNotifications(provider, openRig);
}
