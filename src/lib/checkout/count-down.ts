const everyMs = 5000;

/**
 * Keeps the time left true, and shows the page's end when it is over. Returns what stops it: a form
 * that has gone out gets its answer.
 */
export function countDown(path: string): () => void {
	const place = document.getElementById('time-left');
	if (!place?.dataset.ms) return () => undefined;
	const endsAt = Date.now() + Number(place.dataset.ms);
	const texts: string[] = JSON.parse(place.dataset.texts ?? '[]');
	const timer = setInterval(() => {
		const leftMs = endsAt - Date.now();
		if (leftMs <= 0) {
			clearInterval(timer);
			return location.replace(path);
		}
		const text = texts[Math.floor(leftMs / 60_000)];
		place.hidden = text === undefined;
		if (text !== undefined && place.textContent !== text) place.textContent = text;
	}, everyMs);
	return () => clearInterval(timer);
}
