interface InputToTry {
	/** As a person types it. */
	input: string;
	/** What comes of it, as the rest of a sentence. */
	does: string;
}

/** What can be typed into a payment page, and what comes of it. */
export interface InputsToTry {
	title: string;
	about: string;
	/** What one tries first. */
	first: InputToTry[];
	more: InputToTry[];
}
