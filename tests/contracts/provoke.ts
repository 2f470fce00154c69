import { randomUUID } from 'node:crypto';
import type { Provoke } from './run-examples';
import type { SoundRequest } from './sound-request';

/** How any API is brought to refuse. `auth` names the header that says who is calling. */
export function commonRefusals(auth: string): Record<string, Provoke> {
	return {
		unauthenticated: (sound) => [withoutHeader(sound, auth)],
		unreadable: (sound) => [
			sound.body === undefined
				? { ...sound, path: spoilQuery(sound.path) }
				: { ...sound, body: '{' }
		],
		too_large: (sound) => [{ ...sound, body: sound.body + ' '.repeat(300_000) }],
		unsupported_content_type: (sound) => [
			{ ...sound, headers: { ...sound.headers, 'content-type': 'text/plain' } }
		],
		invalid: (sound) => [{ ...sound, body: '{}' }],
		idempotency_mismatch: (sound) => {
			const headers = { ...sound.headers, 'idempotency-key': randomUUID() };
			return [
				{ ...sound, headers },
				{ ...sound, headers, body: `${sound.body} ` }
			];
		}
	};
}

function withoutHeader(sound: SoundRequest, name: string): SoundRequest {
	const kept = Object.entries(sound.headers).filter(([each]) => each !== name);
	return { ...sound, headers: Object.fromEntries(kept) };
}

/** The body with something in it changed. */
export function changed(sound: SoundRequest, change: (body: Tree) => void): SoundRequest {
	const body = JSON.parse(sound.body ?? '{}') as Tree;
	change(body);
	return { ...sound, body: JSON.stringify(body) };
}

/** The body of a request, with its parts. */
type Tree = Record<string, object | undefined>;

/** Each parameter with a value that it cannot have. */
function spoilQuery(path: string): string {
	return path.replaceAll(/=[^&]*/g, '=%00');
}
