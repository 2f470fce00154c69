import type { RequestEvent } from '@sveltejs/kit';
import { directionOf } from '$lib/i18n/locales';
import { readScene, type Scene } from '$lib/server/payer-page/scene';
import { voices } from '$lib/server/worker/dialects';

/** What a request's token opens; undefined: nothing. */
export function sceneOfEvent({
	locals,
	params,
	url,
	request
}: RequestEvent<{ token: string }>): Promise<Scene | undefined> {
	return readScene(locals.context, params.token, url, request.headers);
}

/** The signed address back to the merchant, in the words of the session's dialect. */
export function backUrlOf({ context, session, payment }: Scene): Promise<string | null> {
	return voices[session.dialect].returnAddress(context, session, payment);
}

/** Language, theme and who may frame the document; last, so that a failure keeps its own language. */
export function setDocument(locals: App.Locals, { session, request }: Scene): void {
	locals.locale = request.locale;
	locals.direction = directionOf(request.locale);
	locals.theme = request.theme;
	locals.frameOrigins = session.application.frameOrigins;
}
