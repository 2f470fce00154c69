import type { Detail, EventType } from './messages';

/**
 * Tells news from what the merchant's page has heard. Each document in the frame, and each reload,
 * tells how things stand; an event counts as news once for each time a transaction enters a state.
 * `ready` is news once a frame: forget it when a new frame is made. Errors always are.
 */
export interface EventMemory {
	isNews(type: EventType, detail: Detail): boolean;
	forgetReady(): void;
}

export function createEventMemory(): EventMemory {
	let state = '';
	let ready = false;
	const told = new Set<EventType>();

	return {
		isNews(type, detail) {
			if (type === 'error') return true;
			if (type === 'ready') {
				const first = !ready;
				ready = true;
				return first;
			}
			const now = JSON.stringify([detail.transaction_id, detail.tracking_id, detail.status]);
			if (now !== state) told.clear();
			state = now;
			if (told.has(type)) return false;
			told.add(type);
			return true;
		},
		forgetReady() {
			ready = false;
		}
	};
}
