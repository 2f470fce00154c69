import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import CardForm from '../../src/lib/checkout/CardForm.svelte';
import Challenge from '../../src/lib/checkout/Challenge.svelte';
import Page from '../../src/lib/checkout/Page.svelte';
import Result from '../../src/lib/checkout/Result.svelte';

const evil = '"><img src=x onerror=alert(1)>';

const form = {
	path: '/pay/token',
	now: 0,
	attemptKey: 'key',
	amount: null,
	heading: 'Card details',
	problemHeading: 'There is a problem',
	problems: [],
	retype: null,
	marks: { text: 'Accepted cards: Visa', brands: [{ name: 'visa', short: 'VISA' }] },
	number: { label: 'Card number', problem: null },
	expiry: {
		label: 'Expiry date',
		hint: 'MM / YY',
		placeholder: 'MM / YY',
		problem: null,
		value: ''
	},
	code: { label: 'Security code', problem: null, hint: '3 digits' },
	name: { label: 'Name on card', problem: null, value: '' },
	pay: 'Pay €10.05',
	texts: {}
};

const result = {
	outcome: 'succeeded' as const,
	heading: 'Payment successful',
	lines: [],
	facts: [],
	support: { label: 'Support code', hint: '', code: 'abc', contact: null },
	back: { text: 'Back', url: 'https://shop.example/', notice: '' }
};

const challenge = {
	heading: 'Confirm',
	lines: [],
	url: 'https://bank.example/acs',
	framed: true,
	next: 'Continue',
	cancel: { text: 'Cancel', path: '/pay/token/cancel' },
	dialog: { label: 'Bank', close: 'Close', notShown: 'Nothing shown?' },
	question: { text: 'Cancel?', keep: 'Go on' }
};

/** The one tag that has an attribute of this value. */
function tag(html: string, attribute: string): string {
	return html.match(new RegExp(`<[^>]*${attribute}[^>]*>`))?.[0] ?? '';
}

describe('the card form', () => {
	test.each([
		['number', 'cc-number'],
		['expiry', 'cc-exp'],
		['code', 'cc-csc']
	])('%s is filled by browsers, typed in digits, and runs left to right', (id, autocomplete) => {
		const input = tag(render(CardForm, { props: form }).body, `id="${id}"`);
		expect(input).toContain(`autocomplete="${autocomplete}"`);
		expect(input).toContain('inputmode="numeric"');
		expect(input).toContain('dir="ltr"');
	});

	test('a problem stands at its field, which has the focus and names it', () => {
		const text = 'Enter the security code';
		const faulty = {
			...form,
			problems: [{ id: 'code', text }],
			code: { ...form.code, problem: text }
		};
		const html = render(CardForm, { props: faulty }).body;
		const input = tag(html, 'id="code"');
		expect(input).toContain('aria-invalid="true"');
		expect(input).toContain('aria-describedby="code-problem code-hint"');
		expect(input).toContain('autofocus');
		expect(html.match(/autofocus/g)).toHaveLength(1);
		expect(tag(html, 'id="code-problem"')).not.toContain('hidden');
		expect(tag(html, 'id="number-problem"')).toContain('hidden');
	});

	test('without a problem nothing takes the focus', () => {
		expect(render(CardForm, { props: form }).body).not.toContain('autofocus');
	});

	test('what was typed is text, never markup', () => {
		const html = render(CardForm, { props: { ...form, name: { ...form.name, value: evil } } }).body;
		expect(html).not.toContain('<img');
	});
});

describe('the policy of the page holds for', () => {
	const facts = {
		path: '/pay/token',
		statusPath: '/pay/token/status',
		version: '1-form',
		watch: false,
		events: [],
		detail: { tracking_id: evil },
		origins: [],
		leaveFor: null
	};
	const page = {
		title: evil,
		merchant: { name: evil, logo: null, initial: 'A' },
		framed: false,
		testMark: null,
		branding: ':root:root{--radius:4px;}',
		script: '/assets/enhance.js',
		refresh: { seconds: 5, path: 'https://shop.example/?a=1&b="2"' },
		facts,
		children: (() => undefined) as never
	};
	const pieces = {
		'the frame of the page': () => render(Page, { props: page }),
		'the card form': () => render(CardForm, { props: form }),
		'the challenge': () => render(Challenge, { props: challenge }),
		'the result': () => render(Result, { props: result })
	};

	test.each(Object.entries(pieces))('%s: no inline script, handler or style', (_name, make) => {
		const { head, body } = make();
		const html = head + body;
		expect(html).not.toMatch(/\sstyle=|\son\w+=(?=["'])|javascript:/);
		expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
		expect(html).not.toContain('<img src=x');
	});

	test('the branding, which is a sheet of its own', () => {
		expect(render(Page, { props: page }).head).toContain(
			'<style>:root:root{--radius:4px;}</style>'
		);
	});
});

describe('what leads outward', () => {
	test('leaves the frame, by a link that works without script', () => {
		const bank = tag(render(Challenge, { props: challenge }).body, 'id="open-challenge"');
		expect(bank).toContain('href="https://bank.example/acs"');
		expect(bank).toContain('target="_top"');
		const back = tag(render(Result, { props: result }).body, 'id="back"');
		expect(back).toContain('target="_top"');
	});

	test('a support contact is a link only if it is an address of the mail or the web', () => {
		const html = (contact: string) =>
			render(Result, { props: { ...result, support: { ...result.support, contact } } }).body;
		expect(html('help@shop.example')).toContain('href="mailto:help@shop.example"');
		expect(html('https://shop.example/help')).toContain('href="https://shop.example/help"');
		expect(html('javascript:alert(1)')).not.toContain('href="javascript');
	});
});
