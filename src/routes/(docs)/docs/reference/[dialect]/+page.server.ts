import { error } from '@sveltejs/kit';
import { referencePolicy } from '$lib/server/http/security-headers';
import { referenceScript } from '$lib/server/payer-page/scripts';
import { readBundle } from '../bundle';
import { documents } from '../documents';
import type { PageServerLoad } from './$types';

/** One API's document in a library that shows it and sends its requests. */
export const load: PageServerLoad = async ({ params, setHeaders }) => {
	const shown = documents.find(({ name }) => name === params.dialect);
	if (!shown) error(404, 'No such API');
	setHeaders({ 'content-security-policy': referencePolicy(), 'x-frame-options': 'DENY' });
	const { name } = await readBundle();
	return {
		shown,
		library: `/docs/reference/assets/${name}`,
		starter: referenceScript()?.path ?? null
	};
};
