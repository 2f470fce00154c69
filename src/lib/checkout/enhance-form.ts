import {
	codeProblem,
	expiryProblem,
	formatExpiry,
	groupNumber,
	kindOf,
	nameProblem,
	numberProblem
} from './card-rules';
import { digitsIn, keepFormatted } from './keep-formatted';

/** A button works again after this long, should the browser have given up on the answer. */
const busyForMs = 60_000;

const names = ['number', 'expiry', 'code', 'name'] as const;
type FieldName = (typeof names)[number];
type Inputs = Record<FieldName, HTMLInputElement>;

/**
 * Helps while a card is typed, says what is wrong before anything is sent, and sends once.
 * `onBusy` is called when the form goes out.
 */
export function enhanceCardForm(form: HTMLFormElement, onBusy: () => void): void {
	const inputs = readInputs(form);
	if (!inputs) return;
	const texts: Record<string, string> = JSON.parse(form.dataset.texts ?? '{}');
	const problemOf = checkerOf(inputs, Number(form.dataset.now));
	const isWrong = (name: FieldName) => inputs[name].hasAttribute('aria-invalid');

	/** Shows or clears a field's problem; answers its text. */
	const check = (name: FieldName): string | null => {
		const problem = problemOf(name);
		const text = problem === null ? null : (texts[`card.${name}.problem.${problem}`] ?? problem);
		showProblem(inputs[name], text);
		return text;
	};

	keepFormatted(inputs.number, groupNumber);
	keepFormatted(inputs.expiry, formatExpiry);
	inputs.number.addEventListener('input', () => showKind(digitsIn(inputs.number), texts));
	showKind(digitsIn(inputs.number), texts);
	for (const name of names) {
		const input = inputs[name];
		input.addEventListener('input', () => isWrong(name) && !problemOf(name) && check(name));
		// Nobody is scolded for a field that is still empty; the code depends on the number.
		input.addEventListener('blur', () => afterPress(() => input.value && check(name)));
	}
	inputs.number.addEventListener('change', () => isWrong('code') && check('code'));
	sendOnce(form, texts, onBusy, () => {
		const [first] = names.filter((name) => check(name) !== null);
		return first ? inputs[first] : null;
	});
}

let isPressed = false;
window.addEventListener('mousedown', () => (isPressed = true), true);
window.addEventListener('mouseup', () => (isPressed = false), true);

/**
 * Runs at once, or when a press has become the click it was meant to be: a problem that shows up
 * under the finger would move the button away from it.
 */
function afterPress(run: () => void): void {
	if (!isPressed) return run();
	window.addEventListener('mouseup', () => setTimeout(run), { once: true });
}

function readInputs(form: HTMLFormElement): Inputs | null {
	const [number, expiry, code, name] = names.map((each) => form.elements.namedItem(each));
	if (!(number instanceof HTMLInputElement) || !(expiry instanceof HTMLInputElement)) return null;
	if (!(code instanceof HTMLInputElement) || !(name instanceof HTMLInputElement)) return null;
	return { number, expiry, code, name };
}

function checkerOf(inputs: Inputs, now: number): (name: FieldName) => string | null {
	const marks = document.querySelectorAll<SVGElement>('#marks [data-brand]');
	const accepted = Array.from(marks, ({ dataset }) => dataset.brand ?? '');
	const checks: Record<FieldName, () => string | null> = {
		number: () => numberProblem(digitsIn(inputs.number), accepted),
		expiry: () => expiryProblem(digitsIn(inputs.expiry), now),
		code: () => codeProblem(digitsIn(inputs.code), kindOf(digitsIn(inputs.number))),
		name: () => nameProblem(inputs.name.value, digitsIn(inputs.name))
	};
	return (name) => checks[name]();
}

/** Lets the mark of the typed card stand out, and says where its code is. */
function showKind(digits: string, texts: Record<string, string>): void {
	const kind = kindOf(digits);
	const marks = document.getElementById('marks');
	let isAccepted = false;
	for (const mark of marks?.querySelectorAll<SVGElement>('[data-brand]') ?? []) {
		const isOn = mark.dataset.brand === kind?.name;
		mark.toggleAttribute('data-on', isOn);
		isAccepted ||= isOn;
	}
	marks?.toggleAttribute('data-known', isAccepted);
	const hint = document.getElementById('code-hint');
	const text = kind && texts[kind.codeLength === 4 ? 'card.code.hint_4' : 'card.code.hint'];
	if (hint && text) hint.textContent = text;
}

function showProblem(input: HTMLInputElement, text: string | null): void {
	const place = document.getElementById(`${input.id}-problem`);
	if (place) {
		place.hidden = text === null;
		place.textContent = text ?? '';
	}
	if (text !== null) return input.setAttribute('aria-invalid', 'true');
	input.removeAttribute('aria-invalid');
	// The server's list above the form loses what is mended.
	const list = document.getElementById('problems');
	list?.querySelector(`a[href="#${input.id}"]`)?.parentElement?.remove();
	if (list && !list.querySelector('a')) list.hidden = true;
}

/** `firstFaulty` checks all fields; it names the one to go to, or null where all is well. */
function sendOnce(
	form: HTMLFormElement,
	texts: Record<string, string>,
	onBusy: () => void,
	firstFaulty: () => HTMLInputElement | null
): void {
	const button = document.getElementById('pay');
	const notice = document.getElementById('form-notice');
	const pay = button?.textContent ?? '';
	let busy = false;

	function setBusy(value: boolean): void {
		busy = value;
		if (busy) button?.setAttribute('aria-disabled', 'true');
		else button?.removeAttribute('aria-disabled');
		if (button) button.textContent = busy ? (texts['card.paying'] ?? pay) : pay;
	}

	form.addEventListener('submit', (event) => {
		if (busy) return event.preventDefault();
		const faulty = firstFaulty();
		const isOffline = !faulty && !navigator.onLine;
		if (notice) notice.textContent = isOffline ? (texts['form.offline'] ?? '') : '';
		if (faulty || isOffline) {
			event.preventDefault();
			faulty?.focus();
			return;
		}
		setBusy(true);
		onBusy();
		setTimeout(setBusy, busyForMs, false);
	});
}
