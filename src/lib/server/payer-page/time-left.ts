import type { Translate } from '$lib/i18n/translate';
import type { Scene } from './scene';

/** How long the session still lasts, with the words for its last ten minutes. */
export function timeLeft({ session, now, t }: Scene): { ms: number; texts: string[] } {
	return { ms: session.expiresAt - now, texts: textsOf(t) };
}

/** The same on every page of a language: there is one `t` for each. */
const texts = new WeakMap<Translate, string[]>();

function textsOf(t: Translate): string[] {
	let known = texts.get(t);
	if (!known) {
		known = Array.from({ length: 10 }, (_, minutes) => t('time.left', { minutes }));
		texts.set(t, known);
	}
	return known;
}
