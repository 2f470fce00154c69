import { testCards } from '$lib/server/simulator/rules';
import type { PageServerLoad } from './$types';

export const csr = false;

/** The cards to try things out with. Declines of unknown cards lead here. */
export const load: PageServerLoad = () => ({
	cards: testCards.map(({ number, sentence }) => ({ number, sentence }))
});
