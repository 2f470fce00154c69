import { keyFor, type Context } from '$lib/server/context';

/**
 * The credentials that a provider account of the simulator holds. They are derived, so that the
 * acquirer knows them without having stored them.
 */
export function simulatorCredentials(context: Context): Record<string, string> {
	return {
		base_url: context.config.selfOrigin,
		page_url: context.config.origin,
		api_key: apiKey(context),
		notification_secret: notificationSecret(context)
	};
}

/** What the acquirer's API wants as a bearer token. */
export function apiKey(context: Context): string {
	return keyFor(context, 'simulator-acquirer').toString('base64url');
}

/** What the acquirer signs its notifications with. */
export function notificationSecret(context: Context): string {
	return keyFor(context, 'simulator-notifications').toString('base64url');
}
