import { addItem } from './add-item';
import { statusOf, timeOf, type ShownWebhook } from './shown-webhook';

const SOON_MS = 1000;
const LATER_MS = 5000;
/** How many times in a row it is asked soon without any news. */
const PATIENT_ASKS = 120;

/** Lists the webhooks of this order as the shop's server gets them. */
export function showWebhooks(): void {
	const console = document.querySelector<HTMLElement>('[data-order]');
	const reference = console?.dataset.order;
	if (!console || !reference) return;
	let seen = Number(console.dataset.webhooksSeen);
	let asksWithoutNews = 0;

	const look = async () => {
		if (document.visibilityState === 'visible') {
			const news = await newsOf(reference, seen);
			news.forEach(show);
			seen = news.at(-1)?.number ?? seen;
			asksWithoutNews = news.length > 0 ? 0 : asksWithoutNews + 1;
		}
		setTimeout(() => void look(), asksWithoutNews < PATIENT_ASKS ? SOON_MS : LATER_MS);
	};
	void look();
}

/** What came after number `seen`, in that order; nothing while the server can't be reached. */
async function newsOf(reference: string, seen: number): Promise<ShownWebhook[]> {
	try {
		const response = await fetch(`/demo/orders/${reference}/webhooks?after=${seen}`);
		return response.ok ? ((await response.json()) as ShownWebhook[]) : [];
	} catch {
		return [];
	}
}

function show(webhook: ShownWebhook): void {
	const status = statusOf(webhook);
	const headers = Object.entries(webhook.headers).map(([name, value]) => `${name}: ${value}`);
	const fields = {
		status,
		time: timeOf(webhook.at),
		body: webhook.body,
		headers: headers.join('\n')
	};
	addItem('webhook', fields, `Webhook: ${status}`);
}
