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

/** The fields of all ways to pay, by their ids, in the order in which forms show them. */
const ids = ['number', 'expiry', 'code', 'name', 'voucher'] as const;
type Id = (typeof ids)[number];
/** Those that a form has. */
type Inputs = Partial<Record<Id, HTMLInputElement>>;

/**
 * Helps while a card is typed, says what is wrong before anything is sent, and sends once.
 * `onBusy` is called when the form goes out.
 */
export function enhanceForm(form: HTMLFormElement, onBusy: () => void): void {
	const inputs = readInputs(form);
	const texts: Record<string, string> = JSON.parse(form.dataset.texts ?? '{}');
	const problemOf = checkerOf(inputs, Number(form.dataset.now));

	/** Shows or clears a field's problem; answers its text. */
	const check = (id: Id, input: HTMLInputElement): string | null => {
		const problem = problemOf(id);
		const key = `${id === 'voucher' ? id : `card.${id}`}.problem.${problem}`;
		const text = problem === null ? null : (texts[key] ?? problem);
		showProblem(input, text);
		return text;
	};

	const { number, expiry, code } = inputs;
	if (expiry) keepFormatted(expiry, formatExpiry);
	if (number) {
		keepFormatted(number, groupNumber);
		number.addEventListener('input', () => showKind(digitsIn(number), texts));
		number.addEventListener('change', () => code && isWrong(code) && check('code', code));
		showKind(digitsIn(number), texts);
	}
	const fields = ids.flatMap((id) => {
		const input = inputs[id];
		return input ? [{ id, input }] : [];
	});
	for (const { id, input } of fields) {
		input.addEventListener('input', () => isWrong(input) && !problemOf(id) && check(id, input));
		// Nobody is scolded for a field that is still empty; the code depends on the number.
		input.addEventListener('blur', () => afterPress(() => input.value && check(id, input)));
	}
	sendOnce(form, texts, onBusy, () => {
		const [first] = fields.filter(({ id, input }) => check(id, input) !== null);
		return first?.input ?? null;
	});
}

function isWrong(input: HTMLInputElement): boolean {
	return input.hasAttribute('aria-invalid');
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

function readInputs(form: HTMLFormElement): Inputs {
	const inputs: Inputs = {};
	for (const id of ids) {
		const input = form.querySelector(`#${id}`);
		if (input instanceof HTMLInputElement) inputs[id] = input;
	}
	return inputs;
}

function checkerOf(inputs: Inputs, now: number): (id: Id) => string | null {
	const marks = document.querySelectorAll<SVGElement>('#marks [data-brand]');
	const accepted = Array.from(marks, ({ dataset }) => dataset.brand ?? '');
	const digitsOf = (id: Id) => (inputs[id] ? digitsIn(inputs[id]) : '');
	/** A saved card's is said by the page; else the number tells. */
	const codeLength = () =>
		Number(inputs.code?.dataset.length) || kindOf(digitsOf('number'))?.codeLength;
	const checks: Record<Id, () => string | null> = {
		number: () => numberProblem(digitsOf('number'), accepted),
		expiry: () => expiryProblem(digitsOf('expiry'), now),
		code: () => codeProblem(digitsOf('code'), codeLength()),
		name: () => nameProblem(inputs.name?.value ?? '', digitsOf('name')),
		voucher: () => (inputs.voucher?.value.trim() ? null : 'missing')
	};
	return (id) => checks[id]();
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
