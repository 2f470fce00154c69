import type { Scene } from './scene';

/** How long the session still lasts, with the words for its last ten minutes. */
export function timeLeft({ session, now, t }: Scene): { ms: number; texts: string[] } {
	const texts = Array.from({ length: 10 }, (_, minutes) => t('time.left', { minutes }));
	return { ms: session.expiresAt - now, texts };
}
