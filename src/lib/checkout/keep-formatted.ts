import { latinDigits } from '$lib/i18n/latin-digits';

export function digitsIn(input: HTMLInputElement): string {
	return latinDigits(input.value).replace(/\D/g, '');
}

/**
 * Writes the digits of a field in groups while they are typed, pasted or filled in. The caret stays
 * behind the digit it was behind.
 */
export function keepFormatted(
	input: HTMLInputElement,
	format: (digits: string, adding: boolean) => string
): void {
	function apply(adding: boolean): void {
		const text = format(digitsIn(input), adding);
		if (text === input.value) return;
		const caret = input.selectionStart ?? input.value.length;
		const before = latinDigits(input.value.slice(0, caret)).replace(/\D/g, '').length;
		const atEnd = caret === input.value.length;
		input.value = text;
		if (document.activeElement !== input) return;
		const place = atEnd ? text.length : placeAfter(text, before);
		input.setSelectionRange(place, place);
	}

	input.addEventListener('input', (event) => {
		if (event instanceof InputEvent && event.isComposing) return;
		const kind = event instanceof InputEvent ? event.inputType : '';
		apply(!kind.startsWith('delete'));
	});
	input.addEventListener('change', () => apply(true));
	if (input.value) apply(true);
}

function placeAfter(text: string, digits: number): number {
	let place = 0;
	for (let seen = 0; place < text.length && seen < digits; place++) {
		if (/\d/.test(text.charAt(place))) seen++;
	}
	return place;
}
