import type { Detail, EventType } from '$lib/embed/messages';

/** What the server tells the page's script, as JSON in an attribute: plain facts, no card data. */
export interface PageFacts {
	/** The page itself, with the theme and language that were asked for in the address. */
	path: string;
	/** Answers `{version}` of what the page would show now. */
	statusPath: string;
	version: string;
	/** Ask all the time, as the outcome is on its way; otherwise only when the page is looked at. */
	watch: boolean;
	/** An end that the merchant is being told of: in how long the page differs at the latest. */
	opensInMs: number | null;
	/** What to tell the merchant's page around us. */
	events: EventType[];
	detail: Detail;
	/** Who may talk to us from around the frame. */
	origins: string[];
	/** The address back to the merchant that the page leaves for by itself. */
	leaveFor: string | null;
	leaveAfterMs: number;
	/** The provider's page, for a payer who has just agreed to go there. */
	goTo: string | null;
}

export function readPageFacts(): PageFacts | null {
	const json = document.getElementById('page')?.dataset.facts;
	return json ? (JSON.parse(json) as PageFacts) : null;
}
