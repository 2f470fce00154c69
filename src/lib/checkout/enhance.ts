/** The script of the payer's page: makes what works without it nicer. */
import { connectToMerchant, type MerchantChannel } from '$lib/embed/frame';
import { countDown } from './count-down';
import { enhanceCopyButtons } from './enhance-copy-buttons';
import { enhanceChallenge, isInsideChallenge } from './enhance-challenge';
import { enhanceForm } from './enhance-form';
import { enhanceTimes } from './enhance-times';
import { readPageFacts, type PageFacts } from './page-facts';
import { watchStatus } from './watch-status';

function enhance(facts: PageFacts): void {
	const channel = connectToMerchant({ origins: facts.origins });
	for (const type of facts.events) channel.send(type, facts.detail);
	followMerchant(channel);

	// Refreshing a page that answered a form asks for the page anew, and sends nothing again.
	history.replaceState(history.state, '', location.href);
	const stopCounting = countDown(facts.path);
	const form = document.querySelector('form[data-texts]');
	if (form instanceof HTMLFormElement) enhanceForm(form, stopCounting);
	enhanceChallenge(facts);
	enhanceCopyButtons();
	enhanceTimes();
	watchStatus(facts);
	leaveByLinks(channel);
	if (facts.leaveFor) setTimeout(leave, facts.leaveAfterMs, channel, facts.leaveFor);
	if (facts.goTo) {
		// Who comes back by the browser's button stays here.
		history.replaceState(null, '', `${location.pathname}${withoutGoing(location.search)}`);
		void leave(channel, facts.goTo);
	}

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

function withoutGoing(search: string): string {
	const query = new URLSearchParams(search);
	query.delete('going');
	return query.size ? `?${query}` : '';
}

async function leave(channel: MerchantChannel, url: string): Promise<void> {
	if (await channel.requestRedirect(url)) window.open(url, '_top');
}

const facts = readPageFacts();
if (facts && !isInsideChallenge()) enhance(facts);
