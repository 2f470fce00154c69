import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	test: {
		include: ['tests/**/*.test.ts'],
		globalSetup: 'tests/postgres.ts',
		testTimeout: 30_000,
		hookTimeout: 60_000
	}
});
