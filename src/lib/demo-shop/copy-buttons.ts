const SHOWN_MS = 1500;

/**
 * Shows the copy buttons and lets them work: `data-copy` names the element whose text is copied,
 * `data-copy-text` is the text itself. Without a clipboard they stay away.
 */
export function startCopyButtons(): void {
	if (!navigator.clipboard) return;
	const buttons = document.querySelectorAll<HTMLButtonElement>('[data-copy], [data-copy-text]');
	for (const button of buttons) {
		button.hidden = false;
		button.addEventListener('click', () => void copy(button));
	}
}

async function copy(button: HTMLButtonElement): Promise<void> {
	const { copy: id, copyText } = button.dataset;
	const text = copyText ?? (id && document.getElementById(id)?.textContent) ?? '';
	const word = button.firstChild;
	if (!word) return;
	const told = await navigator.clipboard.writeText(text).then(
		() => 'Copied',
		() => 'Not copied'
	);
	word.nodeValue = `${told} `;
	setTimeout(() => (word.nodeValue = 'Copy '), SHOWN_MS);
}
