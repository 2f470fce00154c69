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

/** Puts a value of the demo merchant's into a variable of the terminal. */
export function take(name: string, path: string): string {
	return `export ${name}=$(node -p "require('./data/demo.json').${path}")`;
}

/** A call with a token in a variable; a POST where there is a body. */
export function callWith(token: string, address: string, body?: object): string {
	if (!body) return `curl -H "authorization: Bearer $${token}" "${address}"`;
	return [
		`curl ${address} \\`,
		`  -H "authorization: Bearer $${token}" \\`,
		"  -H 'content-type: application/json' \\",
		`  -d '${JSON.stringify(body, null, 2)}'`
	].join('\n');
}

/** Puts the access token that a client's credentials give into a variable. */
export function takeToken(name: string, address: string): string {
	const body = String.raw`{\"client_id\": \"$CLIENT_ID\", \"client_secret\": \"$CLIENT_SECRET\"}`;
	return [
		`export ${name}=$(curl -s ${address} \\`,
		"  -H 'content-type: application/json' \\",
		`  -d "${body}" \\`,
		'  | node -p "JSON.parse(require(\'fs\').readFileSync(0)).access_token")'
	].join('\n');
}

/** The DELETE of a thing. */
export function remove(token: string, address: string): string {
	return `curl -X DELETE -H "authorization: Bearer $${token}" "${address}"`;
}

/** A word in a file that `keep` wrote, as the terminal puts it into a line. */
export function kept(file: string, path: string): string {
	return `$(node -p "require('./${file}').${path}")`;
}

/** Lets the terminal put a variable in where a body says `$NAME`. */
export function fillIn(call: string, name: string): string {
	return call.replace(`"$${name}"`, `"'"$${name}"'"`);
}

/** A call whose answer is kept in a file, for the next one. */
export function keep(call: string, file: string): string {
	return `${call.replace(/^curl /, 'curl -s ')} \\\n  | tee ${file}`;
}
