import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * Scripts that run on a page without Kit's client: the payer's page and the merchant's embed script.
 * Each is one self-contained file; the server finds its hashed name in the manifest.
 */
const scripts: Record<string, { entry: string; manifest: string }> = {
	'page-script': { entry: 'src/lib/checkout/enhance.ts', manifest: 'page.json' },
	'embed-script': { entry: 'src/lib/embed/cash-desk.ts', manifest: 'embed.json' }
};

const licences =
	'/*! Contains iframe-resizer 4.4.5, (c) 2013-24 David J. Bradshaw, MIT licence, ' +
	'https://opensource.org/license/mit */';

function scriptBuild({ entry, manifest }: { entry: string; manifest: string }): UserConfig {
	return {
		publicDir: false,
		plugins: [tameResizer()],
		define: { 'process.env.NODE_ENV': '"production"' },
		resolve: { alias: { $lib: new URL('src/lib', import.meta.url).pathname } },
		build: {
			outDir: 'build/scripts',
			emptyOutDir: false,
			modulePreload: false,
			target: 'es2022',
			manifest,
			// As a library, since a page's build would add code that loads further files.
			lib: { entry, formats: ['iife'], name: 'cashdesk' },
			rolldownOptions: {
				output: { entryFileNames: '[name]-[hash].js', postBanner: licences }
			}
		}
	};
}

/**
 * On a merchant's page iframe-resizer is a guest of ours: it must not print an advertisement, nor
 * hand itself to an AMD loader, to jQuery or to `window`, where a copy of the merchant's may live.
 */
function tameResizer(): Plugin {
	return {
		name: 'tame-resizer',
		transform(code, id) {
			if (!id.endsWith('/iframe-resizer/js/iframeResizer.js')) return null;
			const tamed = code
				.replace(/console\.info\(`[^`]*`\)/, '')
				.replace(/if \(window\.jQuery !== undefined\)[^]*$/, 'module.exports = factory()\n})()');
			if (/console\.info|define\.amd|window\.iFrameResize\b/.test(tamed)) {
				throw new Error('iframe-resizer is not the version this was written for');
			}
			return { code: tamed, map: null };
		}
	};
}

export default defineConfig(({ mode }) => {
	const script = scripts[mode];
	return script ? scriptBuild(script) : { plugins: [sveltekit()] };
});
