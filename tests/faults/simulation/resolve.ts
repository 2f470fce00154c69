import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/**
 * Lets plain Node run the core: `$lib` is src/lib, and a path without an ending is a file of ours.
 * To be given to Node as `--import`.
 */
const lib = new URL('../../../src/lib/', import.meta.url);

registerHooks({
	resolve(specifier, context, next) {
		const isOwn = specifier.startsWith('$lib/') || /^\.{1,2}\//.test(specifier);
		if (!isOwn || context.parentURL?.includes('/node_modules/')) return next(specifier, context);
		const url = specifier.startsWith('$lib/')
			? new URL(specifier.slice('$lib/'.length), lib)
			: new URL(specifier, context.parentURL);
		const endings = ['', '.ts', '/index.ts'];
		const found = endings.find(
			(ending) => /\.\w+$/.test(url.pathname + ending) && isFile(url, ending)
		);
		return next(found === undefined ? specifier : url.href + found, context);
	}
});

function isFile(url: URL, ending: string): boolean {
	return existsSync(new URL(url.href + ending));
}
