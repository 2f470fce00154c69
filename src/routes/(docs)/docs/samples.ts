/** The code that several pages of the documentation share. */

/** Puts the demo merchant's key where the other samples take it from. */
export const takeKey = `export API_KEY=$(node -p "require('./data/demo.json').cashier.api_key")`;

/** A POST as it works in a terminal, once the key is in API_KEY. */
export function post(address: string, body: object): string {
	return [
		`curl ${address} \\`,
		'  -H "x-api-key: $API_KEY" \\',
		"  -H 'content-type: application/json' \\",
		`  -d '${JSON.stringify(body, null, 2)}'`
	].join('\n');
}

/** A GET in the same way. */
export function get(address: string): string {
	return `curl -H "x-api-key: $API_KEY" '${address}'`;
}

export function answer(body: unknown): string {
	return JSON.stringify(body, null, 2);
}
