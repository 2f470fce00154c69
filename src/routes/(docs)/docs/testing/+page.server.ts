import { testCards } from '$lib/server/simulator/rules';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({
	cards: testCards.map(({ number, sentence }) => ({ number, sentence }))
});
