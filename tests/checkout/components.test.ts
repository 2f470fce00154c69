import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Challenge from '../../src/lib/checkout/Challenge.svelte';
import Instructions from '../../src/lib/checkout/Instructions.svelte';
import MethodList from '../../src/lib/checkout/MethodList.svelte';
import Page from '../../src/lib/checkout/Page.svelte';
import PayForm from '../../src/lib/checkout/PayForm.svelte';
import Result from '../../src/lib/checkout/Result.svelte';

const evil = '"><img src=x onerror=alert(1)>';

const fields = {
	kind: 'card' as const,
	heading: 'Card details',
	marks: { text: 'Accepted cards: Visa', brands: [{ name: 'visa', short: 'VISA' }] },
	number: { label: 'Card number', problem: null },
	expiry: {
		label: 'Expiry date',
		hint: 'MM / YY',
		placeholder: 'MM / YY',
		problem: null,
		value: ''
	},
	code: { label: 'Security code', problem: null as string | null, hint: '3 digits' },
	name: { label: 'Name on card', problem: null, value: '' },
	keep: { label: 'Keep this card', hint: 'Without its code', checked: false }
};

const form = {
	id: 'card-form',
	path: '/pay/token',
	now: 0,
	attemptKey: 'key',
	method: 'card',
	amount: null,
	quote: null as string | null,
	problemHeading: 'There is a problem',
	problems: [] as { id: string; text: string }[],
	retype: null,
	fields,
	terms: {
		caption: 'What you pay',
		rows: [{ term: 'Total', value: '€11.50', isTotal: true }]
	},
	pay: 'Pay €10.05',
	texts: {}
};

const choice = {
	value: 'card',
	name: 'Card',
	facts: ['No fee'],
	because: null as string | null,
	chosen: true,
	remove: null as { value: string; label: string } | null
};

const methods = {
	path: '/pay/token',
	heading: 'How do you want to pay?',
	choices: [
		{ ...choice, value: 'kept:1', name: evil, remove: { value: '1', label: 'Remove Visa' } },
		{ ...choice, value: 'wallet', chosen: false, because: 'Only up to €50.00' }
	],
	problem: null,
	next: 'Continue',
	remove: 'Remove'
};

const instructions = {
	heading: 'Transfer €10.05',
	exact: '',
	arrived: null,
	fields: [
		{ name: 'reference', term: 'Reference', value: 'CD-1', copied: evil, label: 'Copy: Reference' }
	],
	copy: { text: 'Copy', done: 'Copied' },
	qr: { size: 1, path: 'M0 0h1v1z', label: 'QR code' },
	until: { term: 'By', machine: '2026-11-24T14:05:00.000Z', text: 'Nov 24, 2026' },
	timeLeft: null,
	waits: '',
	refresh: { text: 'Has it arrived?', path: '/pay/token/action' },
	later: { text: 'Later', url: 'https://shop.example/' },
	simulate: null,
	support: { label: 'Support code', code: 'abc' },
	cancel: { text: 'Cancel', path: '/pay/token/cancel' },
	other: { text: 'Another way', path: '/pay/token/other-way' }
};

const result = {
	outcome: 'succeeded' as const,
	heading: 'Payment successful',
	lines: [],
	facts: [],
	support: { label: 'Support code', hint: '', code: 'abc', contact: null },
	back: { text: 'Back', url: 'https://shop.example/', notice: '' },
	telling: null
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
		const input = tag(render(PayForm, { props: form }).body, `id="${id}"`);
		expect(input).toContain(`autocomplete="${autocomplete}"`);
		expect(input).toContain('inputmode="numeric"');
		expect(input).toContain('dir="ltr"');
	});

	test('a problem stands at its field, which has the focus and names it', () => {
		const text = 'Enter the security code';
		const faulty = {
			...form,
			problems: [{ id: 'code', text }],
			fields: { ...fields, code: { ...fields.code, problem: text } }
		};
		const html = render(PayForm, { props: faulty }).body;
		const input = tag(html, 'id="code"');
		expect(input).toContain('aria-invalid="true"');
		expect(input).toContain('aria-describedby="code-problem code-hint"');
		expect(input).toContain('autofocus');
		expect(html.match(/autofocus/g)).toHaveLength(1);
		expect(tag(html, 'id="code-problem"')).not.toContain('hidden');
		expect(tag(html, 'id="number-problem"')).toContain('hidden');
	});

	test('without a problem nothing takes the focus', () => {
		expect(render(PayForm, { props: form }).body).not.toContain('autofocus');
	});

	test('what was typed is text, never markup', () => {
		const typed = { ...form, fields: { ...fields, name: { ...fields.name, value: evil } } };
		expect(render(PayForm, { props: typed }).body).not.toContain('<img');
	});

	test('consent to keep the card is a box of its own, not ticked beforehand', () => {
		const box = (props: typeof form) => tag(render(PayForm, { props }).body, 'type="checkbox"');
		expect(box(form)).toContain('name="keep"');
		expect(box(form)).not.toMatch(/\schecked/);
		const kept = { ...form, fields: { ...fields, keep: { ...fields.keep, checked: true } } };
		expect(box(kept)).toMatch(/\schecked/);
	});

	test('what is agreed to travels with it', () => {
		const html = render(PayForm, { props: { ...form, quote: 'sealed' } }).body;
		expect(tag(html, 'name="quote"')).toContain('value="sealed"');
		expect(render(PayForm, { props: form }).body).not.toContain('name="quote"');
	});
});

describe('the choice of how to pay', () => {
	const html = render(MethodList, { props: methods }).body;

	test('is made of radio buttons; what cannot be used is disabled and says why', () => {
		expect(tag(html, 'value="kept:1"')).toMatch(/type="radio".*\schecked/);
		expect(tag(html, 'value="wallet"')).toMatch(/\sdisabled/);
		expect(html).toContain('Only up to €50.00');
	});

	test('Enter chooses: what removes a card belongs to another form', () => {
		const [chooser = ''] = html.match(/<form[^>]*id="methods".*?<\/form>/s) ?? [];
		const buttons = chooser.match(/<button[^>]*>/g) ?? [];
		expect(buttons.filter((button) => !button.includes('form="remove-card"'))).toHaveLength(1);
		expect(tag(html, 'name="card"')).toContain('form="remove-card"');
		expect(html.match(/name="step" value="remove"/g)).toHaveLength(1);
	});

	test('without anything to choose there is nothing to press', () => {
		const choices = methods.choices.map((each) => ({ ...each, because: 'Closed' }));
		expect(render(MethodList, { props: { ...methods, choices } }).body).not.toContain('Continue');
	});
});

describe('the instructions of a transfer', () => {
	const html = render(Instructions, { props: instructions }).body;

	test('offer to copy only where a script can do it', () => {
		expect(tag(html, 'data-copy')).toMatch(/\shidden/);
		expect(html).toContain('aria-label="Copy: Reference"');
	});

	test('show a code with its quiet zone', () => {
		expect(tag(html, 'viewBox')).toContain('viewBox="-4 -4 9 9"');
	});
});

describe('the policy of the page holds for', () => {
	const facts = {
		path: '/pay/token',
		statusPath: '/pay/token/status',
		version: '1-form',
		watch: false,
		opensInMs: null,
		events: [],
		detail: { tracking_id: evil },
		origins: [],
		leaveFor: null,
		leaveAfterMs: 0,
		goTo: null
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
		'the card form': () => render(PayForm, { props: form }),
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
