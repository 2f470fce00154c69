import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		// One request shows a page: its style travels inside it.
		inlineStyleThreshold: Infinity,
		// Banks post their forms to us from anywhere. hooks.server.ts holds the check that replaces Kit's.
		csrf: { trustedOrigins: ['*'] },
		typescript: {
			config: (config) => {
				config.include.push('../tests/**/*.ts', '../bench/**/*.ts', '../*.ts');
				return config;
			}
		}
	}
};
