import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

interface ScriptBuild {
	entry: string;
	/** By which the server finds the hashed name (payer-page/scripts.ts). */
	manifest: string;
	/** What the licences of others in it ask to be said. */
	banner: string;
}

const resizerLicence =
	'/*! Contains iframe-resizer 4.4.5, (c) 2013-24 David J. Bradshaw, MIT licence, ' +
	'https://opensource.org/license/mit */';

/**
 * Scripts that run on a page without Kit's client: the payer's page, the merchant's embed script,
 * the pages of demo and documentation, and the API reference. Each is one self-contained file.
 */
const scripts: Record<string, ScriptBuild> = {
	'page-script': {
		entry: 'src/lib/checkout/enhance.ts',
		manifest: 'page.json',
		banner: resizerLicence
	},
	'embed-script': {
		entry: 'src/lib/embed/cash-desk.ts',
		manifest: 'embed.json',
		banner: resizerLicence
	},
	'demo-script': { entry: 'src/lib/demo-shop/shop.ts', manifest: 'demo.json', banner: '' },
	'reference-script': {
		entry: 'src/lib/reference/show-reference.ts',
		manifest: 'reference.json',
		banner: ''
	}
};

function scriptBuild({ entry, manifest, banner }: ScriptBuild): UserConfig {
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
				output: { entryFileNames: '[name]-[hash].js', postBanner: banner }
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
