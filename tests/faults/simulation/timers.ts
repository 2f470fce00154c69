interface Timer<Payload> {
	at: number;
	order: number;
	payload: Payload;
}

export interface Timers<Payload> {
	add(at: number, payload: Payload): void;
	/** The earliest moment that somebody waits for; undefined: there is none. */
	next(): number | undefined;
	/** Takes out what is due at that moment, the earliest first; among equals whoever came first. */
	takeUntil(moment: number): Payload[];
}

/** Who waits for which moment: a binary heap. What `isOver` says of is dropped unseen. */
export function createTimers<Payload>(isOver: (payload: Payload) => boolean): Timers<Payload> {
	const heap: Timer<Payload>[] = [];
	let count = 0;

	/** Puts the two into order; false: they were. */
	function swap(above: number, below: number): boolean {
		const [one, other] = [heap[above], heap[below]];
		if (!one || !other) return false;
		if (one.at < other.at || (one.at === other.at && one.order < other.order)) return false;
		heap[above] = other;
		heap[below] = one;
		return true;
	}

	function sink() {
		for (let at = 0; ;) {
			const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
			if (!left) return;
			const isRightFirst =
				right && (right.at < left.at || (right.at === left.at && right.order < left.order));
			const child = 2 * at + (isRightFirst ? 2 : 1);
			if (!swap(at, child)) return;
			at = child;
		}
	}

	function take(): Timer<Payload> | undefined {
		const first = heap[0];
		const last = heap.pop();
		if (!last || first === last) return first;
		heap[0] = last;
		sink();
		return first;
	}

	function next(): number | undefined {
		while (heap[0] && isOver(heap[0].payload)) take();
		return heap[0]?.at;
	}

	return {
		add(at, payload) {
			heap.push({ at, order: count++, payload });
			for (let low = heap.length - 1; low > 0 && swap((low - 1) >> 1, low); low = (low - 1) >> 1);
		},
		next,
		takeUntil(moment) {
			const taken: Payload[] = [];
			for (let at = next(); at !== undefined && at <= moment; at = next()) {
				const timer = take();
				if (timer) taken.push(timer.payload);
			}
			return taken;
		}
	};
}
