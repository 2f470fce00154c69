import { error, type RequestEvent } from '@sveltejs/kit';
import { BusinessError } from '$lib/server/errors';
import { limitAddress } from '$lib/server/http/rate-limits';
import { directionOf } from '$lib/i18n/locales';
import { stepOf } from '$lib/server/payer-page/page-step';
import { readScene, type Scene } from '$lib/server/payer-page/scene';
import type { Session } from '$lib/server/sessions/session';
import { voices } from '$lib/server/worker/dialects';

/** What a request's token opens; undefined: nothing. */
export function sceneOfEvent(event: RequestEvent<{ token: string }>): Promise<Scene | undefined> {
	return sceneOfToken(event, event.params.token);
}

/** What a token opens that is not the request's own. */
export function sceneOfToken(
	{ locals, url, request }: Pick<RequestEvent, 'locals' | 'url' | 'request'>,
	token: string
): Promise<Scene | undefined> {
	const awaits = ({ dialect }: Session) => voices[dialect].isAwaited;
	return readScene(locals.context, token, url, request.headers, awaits);
}

/** The signed address back to the merchant, in the words of the session's dialect. */
export function backUrlOf({ context, session, payment, now }: Scene): Promise<string | null> {
	// The page says that time is up before the worker has written it down.
	const state = stepOf(session, payment, now) === 'expired' ? 'expired' : payment.state;
	return voices[session.dialect].returnAddress(context, session, { ...payment, state });
}

/** Language, theme and who may frame the document; last, so that a failure keeps its own language. */
export function setDocument(locals: App.Locals, { session, request }: Scene): void {
	locals.locale = request.locale;
	locals.direction = directionOf(request.locale);
	locals.theme = request.theme;
	locals.frameOrigins = session.application.frameOrigins;
}

/** Whoever tries cards, or makes us ask providers, from one address over many sessions, is slowed. */
export async function limitForms(event: RequestEvent): Promise<void> {
	const { locals, setHeaders, getClientAddress } = event;
	try {
		await limitAddress(locals.context, getClientAddress());
	} catch (refusal) {
		if (!(refusal instanceof BusinessError)) throw refusal;
		setHeaders({ 'retry-after': String(refusal.details.retryAfterSeconds ?? 60) });
		error(429);
	}
}
