/** A call of an API by a merchant's server: with a body a POST. Throws on what is no 2xx. */
export async function callJson(
	url: string,
	{ token, body }: { token?: string; body?: object } = {}
): Promise<unknown> {
	const response = await fetch(url, {
		headers: {
			accept: 'application/json',
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			...(body && { 'content-type': 'application/json' })
		},
		...(body && { method: 'POST', body: JSON.stringify(body) })
	});
	if (!response.ok) throw new Error(`${url} was refused: ${await response.text()}`);
	return response.json();
}
