import { describe, expect, it } from 'vitest';
import { checkAddress, checkResolvedAddress, mayConnect } from '$lib/server/outgoing/check-address';

const strict = { allowLoopback: false };
const lax = { allowLoopback: true };

describe('an address', () => {
	it.each([
		'https://merchant.example/hook?a=1#b',
		'https://merchant.example:8443/',
		'https://merchant.example./',
		'HTTPS://MERCHANT.EXAMPLE',
		'https://žluť.example/',
		'https://8.8.8.8/',
		'https://[2606:4700:4700::1111]/'
	])('%s is good', (address) => {
		expect(checkAddress(address, strict)).toBeUndefined();
		expect(checkAddress(address, lax)).toBeUndefined();
	});

	it.each([
		['', 'full https address'],
		['merchant.example/hook', 'full https address'],
		['/hook', 'full https address'],
		['https://', 'full https address'],
		['https://./', 'full https address'],
		['https://a b/', 'full https address'],
		['https://256.256.256.256/', 'full https address'],
		['http://merchant.example/', 'begin with https://'],
		['http://8.8.8.8/', 'begin with https://'],
		['ftp://merchant.example/', 'begin with https://'],
		['file:///etc/passwd', 'begin with https://'],
		['javascript:alert(1)', 'begin with https://'],
		['https://user@merchant.example/', 'user name'],
		['https://:pass@merchant.example/', 'user name'],
		['https://merchant.example@8.8.8.8/', 'user name'],
		[`https://merchant.example/${'a'.repeat(2048)}`, '2048 characters']
	])('%s breaks a rule whatever is allowed', (address, rule) => {
		expect(checkAddress(address, strict)).toContain(rule);
		expect(checkAddress(address, lax)).toContain(rule);
	});

	it.each([
		...['0.0.0.0', '0.1.2.3', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
		...['169.254.169.254', '169.254.0.1', '100.64.0.1', '100.100.100.200', '168.63.129.16'],
		...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '192.88.99.1'],
		...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
		...['0xa000001', '167772161', '012.0.0.1', '10.1', '0xa9fea9fe', '192.168.257', '10.0.0.1.'],
		...['１０.０.０.１', '10。0。0。1'],
		...['[::]', '[fe80::1]', '[fec0::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]'],
		...['[::ffff:10.0.0.1]', '[::ffff:127.0.0.1]', '[::ffff:8.8.8.8]', '[::ffff:0:10.0.0.1]'],
		...['[::127.0.0.1]', '[::10.0.0.1]', '[::8.8.8.8]', '[64:ff9b::10.0.0.1]'],
		...['[64:ff9b::808:808]', '[64:ff9b:1::1]', '[2002:7f00:1::]', '[2002:808:808::1]'],
		...['[2001::1]', '[2001:0:4136:e378::]', '[2001:db8::1]', '[3fff::1]', '[100::1]', '[5f00::1]'],
		...['[4000::1]', '[8000::1]', '[1000::1]']
	])('of %s is refused whatever is allowed', (host) => {
		expect(checkAddress(`https://${host}/`, strict)).toBe(
			'The address must lead to a public host.'
		);
		expect(checkAddress(`https://${host}/`, lax)).toBe('The address must lead to a public host.');
		expect(checkAddress(`http://${host}/`, lax)).toContain('https://');
	});

	it.each([
		...['localhost', 'LOCALHOST', 'localhost.', 'shop.localhost', 'shop.localhost.', '127.0.0.1'],
		...['127.1', '127.255.255.254', '2130706433', '0x7f.1', '0177.0.0.1', '127.0.0.1.', '[::1]'],
		...['[0:0::0:1]', '[::0.0.0.1]']
	])('of %s leads to this machine, which has to be allowed', (host) => {
		expect(checkAddress(`https://${host}/`, strict)).toBe(
			'The address must lead to a public host.'
		);
		expect(checkAddress(`http://${host}/`, strict)).toContain('https://');
		expect(checkAddress(`https://${host}:3000/`, lax)).toBeUndefined();
		expect(checkAddress(`http://${host}:3000/`, lax)).toBeUndefined();
	});
});

describe('an address that is resolved', () => {
	const check = (ips: string[], address = 'https://merchant.example/', rules = lax) =>
		checkResolvedAddress(address, rules, async () => ips);

	it('is good where all addresses of its host are public', async () => {
		expect(await check(['8.8.8.8', '2606:4700:4700::1111'])).toBeUndefined();
	});

	it.each([
		'127.0.0.1',
		'::1',
		'10.0.0.1',
		'fd00::1',
		'::ffff:8.8.8.8',
		'64:ff9b::8.8.8.8',
		'x',
		''
	])('is refused where one of them is %s', async (ip) => {
		expect(await check(['8.8.8.8', ip])).toContain('public');
		expect(await check([ip, '8.8.8.8'])).toContain('public');
	});

	it('is refused where localhost leads elsewhere', async () => {
		expect(await check(['8.8.8.8'], 'http://localhost/')).toContain('public');
		expect(await check(['127.0.0.1', '10.0.0.1'], 'http://shop.localhost/')).toContain('public');
		expect(await check(['127.0.0.1', '::1'], 'http://shop.localhost/')).toBeUndefined();
	});

	it('is let pass while its host does not resolve', async () => {
		expect(await check([])).toBeUndefined();
		const failing = async () => Promise.reject(new Error('ENOTFOUND'));
		expect(await checkResolvedAddress('https://x.example', strict, failing)).toBeUndefined();
	});

	it('is not looked up when its text breaks a rule or names an IP address', async () => {
		const never = () => {
			throw new Error('looked up');
		};
		expect(await checkResolvedAddress('http://x.example/', strict, never)).toContain('https://');
		expect(await checkResolvedAddress('https://8.8.8.8/', strict, never)).toBeUndefined();
		expect(await checkResolvedAddress('https://10.0.0.1/', strict, never)).toContain('public');
	});
});

it('no host without an address may be connected to', () => {
	expect(mayConnect('merchant.example', [], lax)).toBe(false);
	expect(mayConnect('localhost', [], lax)).toBe(false);
});

it('localhost may be connected to only where that is allowed', () => {
	expect(mayConnect('localhost', ['127.0.0.1'], lax)).toBe(true);
	expect(mayConnect('localhost', ['127.0.0.1'], strict)).toBe(false);
});
