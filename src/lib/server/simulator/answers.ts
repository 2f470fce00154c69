/** What the acquirer's API answers. */
export interface AcquirerAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

export function answer(status: number, content: unknown): AcquirerAnswer {
	return {
		status,
		headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
		body: JSON.stringify(content)
	};
}

export function refuse(status: number, code: string, message: string): AcquirerAnswer {
	return answer(status, { error: { code, message } });
}

/** What a broken proxy in between might say. */
export const garbage: AcquirerAnswer = {
	status: 200,
	headers: { 'content-type': 'text/html', 'cache-control': 'no-store' },
	body: '<html><title>Bad gatew'
};
