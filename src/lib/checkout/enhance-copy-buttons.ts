/** How long a button says that it has copied. */
const saidForMs = 2000;

/** Buttons that copy what stands beside them: `data-copy` is the text, `data-done` what is said. */
export function enhanceCopyButtons(): void {
	const said = document.getElementById('copied');
	for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
		const { copy = '', done = '' } = button.dataset;
		const before = button.textContent;
		button.hidden = false;
		button.addEventListener('click', async () => {
			if (!(await copyText(copy))) return;
			button.textContent = done;
			if (said) said.textContent = done;
			setTimeout(() => {
				button.textContent = before;
				if (said) said.textContent = '';
			}, saidForMs);
		});
	}
}

/** In a frame, browsers may forbid the clipboard; the older way needs a selection. */
async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		const field = document.createElement('textarea');
		field.value = text;
		document.body.append(field);
		field.select();
		const isCopied = document.execCommand('copy');
		field.remove();
		return isCopied;
	}
}
