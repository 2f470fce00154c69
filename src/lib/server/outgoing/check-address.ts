import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ipaddr from 'ipaddr.js';

const longestAddress = 2048;

const rules = {
	address: 'The address must be a full https address.',
	long: `The address must be at most ${longestAddress} characters long.`,
	https: 'The address must begin with https://.',
	credentials: 'The address must not contain a user name or a password.',
	public: 'The address must lead to a public host.'
};

/** How long a merchant's call waits for the resolver. */
const LOOKUP_MS = 2000;

/** Public by its range, but the way to Azure's metadata and guest agent from inside of a machine. */
const metadataAddresses = new Set(['168.63.129.16']);

/** The IP addresses of a host name. */
export type Lookup = (host: string) => Promise<string[]>;

export interface AddressRules {
	/** Lets http and https lead to this machine, by its literal address or as `localhost`. */
	allowLoopback: boolean;
	/** An origin of ours, wherever it leads: the make-believe acquirer is called there. */
	trustedOrigin?: string;
}

/** The system's resolver, all addresses of either family. */
export async function lookUpHost(host: string): Promise<string[]> {
	const found = await dnsLookup(host, { all: true });
	return found.map(({ address }) => address);
}

/**
 * The rule that an address breaks, as a sentence, or undefined. Looks at its text and at literal
 * IP addresses; for a name, `checkResolvedAddress` says more.
 */
export function checkAddress(
	address: string,
	{ allowLoopback, trustedOrigin }: AddressRules
): string | undefined {
	if (address.length > longestAddress) return rules.long;
	const url = URL.parse(address);
	if (!url) return rules.address;
	if (trustedOrigin !== undefined && url.origin === trustedOrigin) return undefined;
	const host = hostOf(url);
	const isLoopback = isLoopbackHost(host);
	const mayBeHttp = allowLoopback && isLoopback;
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBeHttp)) return rules.https;
	if (url.username !== '' || url.password !== '') return rules.credentials;
	if (isLoopback) return allowLoopback ? undefined : rules.public;
	if (host === '') return rules.address;
	return isIP(host) !== 0 && !isPublicIp(host) ? rules.public : undefined;
}

/**
 * As `checkAddress`, and resolves the name, for when a merchant gives an address. A name that does
 * not resolve at the moment is let pass, and what holds now may not hold later: each request checks
 * again the very addresses that it connects to.
 */
export async function checkResolvedAddress(
	address: string,
	addressRules: AddressRules,
	lookup: Lookup = lookUpHost
): Promise<string | undefined> {
	const broken = checkAddress(address, addressRules);
	if (broken !== undefined) return broken;
	const host = hostOf(new URL(address));
	if (isIP(host) !== 0) return undefined;
	const found = await Promise.race([
		lookup(host).catch((): string[] => []),
		sleep(LOOKUP_MS, [], { ref: false })
	]);
	return found.length === 0 || mayConnect(host, found, addressRules) ? undefined : rules.public;
}

/** Whether a host that resolved to these addresses may be connected to: no one of them is barred. */
export function mayConnect(
	host: string,
	ips: string[],
	{ allowLoopback, trustedOrigin }: AddressRules
): boolean {
	if (trustedOrigin !== undefined && host === hostOf(new URL(trustedOrigin))) return true;
	// Only `localhost` itself may lead to this machine, and it may lead nowhere else: then http to
	// it is safe, and a stranger's name cannot point here.
	const isGood = isLoopbackHost(host)
		? (ip: string) => allowLoopback && isLoopbackIp(ip)
		: isPublicIp;
	return ips.length > 0 && ips.every(isGood);
}

/** A URL's host as it is connected to: no brackets, no dots at the end. Parsing lowered its case. */
export function hostOf(url: URL): string {
	return url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
}

function isLoopbackHost(host: string): boolean {
	return host === 'localhost' || host.endsWith('.localhost') || isLoopbackIp(host);
}

function isLoopbackIp(ip: string): boolean {
	return isIP(ip) !== 0 && ipaddr.parse(ip).range() === 'loopback';
}

function isPublicIp(ip: string): boolean {
	if (isIP(ip) === 0 || metadataAddresses.has(ip)) return false;
	const parsed = ipaddr.parse(ip);
	if (parsed.range() !== 'unicast') return false;
	// Of IPv6 only 2000::/3 is given out (RFC 4291, section 2.4), which leaves out `::127.0.0.1` and
	// all that ipaddr.js has no word for. Mapped and translated ranges have words of their own.
	return parsed.kind() === 'ipv4' || (parsed.toByteArray()[0] ?? 0) >> 5 === 1;
}
