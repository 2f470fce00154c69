/**
 * A value that a load function hands to its page and to nobody else. Kit writes all data of a page
 * down for its client as well, which our pages have not, and throws it away: that takes longer than
 * drawing them. It passes by what is not enumerable. The value is made when it is asked for.
 */
export function unwritten<T>(make: () => T): { readonly value: T } {
	return Object.defineProperty({}, 'value', { get: make }) as { readonly value: T };
}
