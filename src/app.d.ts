import type { Context } from '$lib/server/context';
import type { ProblemView } from '$lib/server/payer-page/view-problems';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** What a page says in place of the usual words for its status. */
			problem?: ProblemView;
		}

		interface Locals {
			context: Context;
			/** On every answer as `x-request-id`, in every log line and error body. */
			requestId: string;
			/** Language and direction of the document; English where a route says nothing. */
			locale?: string;
			direction?: 'ltr' | 'rtl';
			theme?: 'light' | 'dark' | 'auto';
			/** Who may frame this page besides ourselves. */
			frameOrigins?: string[];
			/** The bank's origin on the challenge page, which may be framed and led to. */
			challengeOrigin?: string;
		}
	}

	interface JSON {
		/** A value that JSON.stringify writes as this text: decimals without a float. */
		rawJSON(text: string): { rawJSON: string };
	}
}

export {};
