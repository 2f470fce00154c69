import type { Context } from '$lib/server/context';
import { demoScript } from '$lib/server/payer-page/scripts';

/** What the pages about Cashdesk share: their links, without the demo in live mode, and script. */
export function sitePages({ config }: Context) {
	const docs = { href: '/docs', label: 'Documentation' };
	const demo = { href: '/demo', label: 'Demo' };
	return {
		links: config.live ? [docs] : [demo, docs],
		hasDemo: !config.live,
		script: demoScript()?.path ?? null
	};
}
