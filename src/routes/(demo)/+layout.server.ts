import { sitePages } from '../site-pages';
import type { LayoutServerLoad } from './$types';
import { requireDemo } from './require-demo';

/** The pages work without script; what theirs adds is a plain file. */
export const csr = false;
export const prerender = false;

export const load: LayoutServerLoad = ({ locals }) => {
	requireDemo(locals.context);
	return sitePages(locals.context);
};
