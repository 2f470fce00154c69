/** The script of the payer's page: makes what works without it nicer. */
import { connectToMerchant, type MerchantChannel } from '$lib/embed/frame';
import { countDown } from './count-down';
import { enhanceCardForm } from './enhance-card-form';
import { enhanceChallenge, isInsideChallenge } from './enhance-challenge';
import { readPageFacts, type PageFacts } from './page-facts';
import { watchStatus } from './watch-status';

/** Long enough to read how it ended. */
const leaveAfterMs = 5000;

function enhance(facts: PageFacts): void {
	const channel = connectToMerchant({ origins: facts.origins });
	for (const type of facts.events) channel.send(type, facts.detail);
	followMerchant(channel);

	const stopCounting = countDown(facts.path);
	const form = document.getElementById('card-form');
	if (form instanceof HTMLFormElement) enhanceCardForm(form, stopCounting);
	enhanceChallenge(facts);
	watchStatus(facts);
	leaveByLinks(channel);
	if (facts.leaveFor) setTimeout(leave, leaveAfterMs, channel, facts.leaveFor);

	// A page that the browser kept in memory may tell what isn't true any more.
	window.addEventListener('pageshow', ({ persisted }) => {
		if (persisted) location.replace(facts.path);
	});
}

/** Theme and language that the merchant's page changes while ours is open. */
function followMerchant(channel: MerchantChannel): void {
	const page = document.documentElement;
	channel.onTheme((theme) => (page.dataset.theme = theme));
	channel.onLocale((locale) => {
		const url = new URL(location.href);
		if (locale.split('-')[0] === page.lang || url.searchParams.get('locale') === locale) return;
		url.searchParams.set('locale', locale);
		location.replace(url.href);
	});
}

/** In a frame, the merchant's page is asked to leave, which may have its own way of showing it. */
function leaveByLinks(channel: MerchantChannel): void {
	if (window.parent === window) return;
	for (const id of ['back', 'leave']) {
		const link = document.getElementById(id);
		if (!(link instanceof HTMLAnchorElement)) continue;
		link.addEventListener('click', (event) => {
			event.preventDefault();
			void leave(channel, link.href);
		});
	}
}

async function leave(channel: MerchantChannel, url: string): Promise<void> {
	if (await channel.requestRedirect(url)) window.open(url, '_top');
}

const facts = readPageFacts();
if (facts && !isInsideChallenge()) enhance(facts);
