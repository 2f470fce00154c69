import { expect, test } from 'vitest';
import { describeApi } from './stage';
import { missing, orderWith, raw } from './orders';

const long = (length: number) => 'x'.repeat(length);
const wrongForText = [5, true, null, [], {}, ''];

/** Values that must be refused, by the path below `request` under which they must be named. */
const faulty: Record<string, unknown[]> = {
	mode: [missing, 'prod', 'TEST', 5, null, [], ''],
	theme: ['blue', 1, null, []],
	settings: [[], 'x', null, 5],
	'settings.nonsense': [1],
	'settings.__proto__x': [1],
	'settings.return_url': [
		...wrongForText,
		'shop',
		'javascript:alert(1)',
		'http://shop.example/',
		'https://user:password@shop.example/',
		`https://shop.example/${long(2048)}`
	],
	'settings.success_url': [...wrongForText, 'ftp://shop.example/'],
	'settings.failure_url': [...wrongForText, '//shop.example/'],
	'settings.cancel_url': [...wrongForText, 'data:text/html,x'],
	'settings.webhook_url': [
		...wrongForText,
		'http://shop.example/hook',
		'https://10.0.0.1/hook',
		'https://169.254.169.254/latest/meta-data',
		'https://[::ffff:10.0.0.1]/',
		'file:///etc/passwd'
	],
	'settings.locale': [...wrongForText, 'no language', long(36)],
	'settings.methods': [[], 'card', 5, null],
	'settings.methods.0': [],
	'settings.preset_amounts': [[], 5, '10', ['1', '2', '3', '4', '5', '6', '7']],
	'settings.expires_in': [299, 86_401, '600', 600.5, -600, raw('6e2'), null, true],
	'settings.description': [...wrongForText, long(256)],
	user_id: [missing, '', long(129), null, true, [], {}, 1.5, -5, raw('1e3'), raw('-0')],
	tracking_id: [missing, ...wrongForText, long(129)],
	ip: ['1.2.3', '1.2.3.256', '::zz', 'localhost', 5, null, ''],
	amount: [
		'abc',
		true,
		null,
		[],
		{},
		'',
		0,
		'0',
		'0.00',
		-1,
		'-1',
		raw('-0'),
		'-0',
		raw('1e3'),
		'1e3',
		raw('1E+3'),
		raw('10.050'),
		'10.050',
		10.005,
		raw('10.000000000000000000000001'),
		'1,000',
		'0x10',
		' 10',
		'10.',
		'.5',
		'Infinity',
		'NaN',
		'１０',
		'١٠',
		raw(String(2 ** 53)),
		raw('10000000000000.00'),
		raw('9'.repeat(5000))
	],
	currency: [missing, 'eur', 'EURO', 'XYZ', 978, null, '', '__proto__', 'constructor', 'toString'],
	amount_restricted: ['true', 1, null, 'yes'],
	customer: [[], 'John', null, 5],
	'customer.first_name': [...wrongForText, long(129)],
	'customer.last_name': [...wrongForText, long(129)],
	'customer.email': [...wrongForText, 'nobody', `${long(250)}@example.com`],
	'customer.zip_code': ['', true, null, [], long(21), 1.5],
	'customer.address': [...wrongForText, long(256)],
	'customer.city': [...wrongForText, long(129)],
	'customer.dob': [...wrongForText, '30/02/2000', '2000-03-05', '05/03/2999', '5/3/2000'],
	'customer.country_code': [...wrongForText, 'gb', 'GBR', 'ZZ', 'EU', 'UK', 'YU'],
	'customer.phone': ['123', [], null, 5],
	'customer.phone.country': [...wrongForText, 'gb', 'ZZ'],
	'customer.phone.number': ['12a', '1'.repeat(16), -5, 1.5, raw('1e3'), null, true, ''],
	'customer.phone.prefix': ['44444', '+44', -4, null, ''],
	'customer.kyc_status': ['maybe', 1, null, true],
	'customer.max_deposit_limit': ['x', 0, -5, 10.005, raw('1e3'), null, true]
};
// These have a path of their own within the value.
const nested: [path: string, value: unknown, named: string][] = [
	['settings.methods', ['cash'], 'settings.methods.0'],
	['settings.methods', ['card', 5], 'settings.methods.1'],
	['settings.preset_amounts', ['abc'], 'settings.preset_amounts.0'],
	['settings.preset_amounts', [5, 10.005], 'settings.preset_amounts.1'],
	['settings.preset_amounts', [5, null], 'settings.preset_amounts.1'],
	['customer.max_deposit_limit', 10, 'amount'],
	['amount', missing, 'amount']
];

describeApi('a faulty field', (stage) => {
	const refuse = async (body: string, path: string) => {
		const { status, json, text } = await stage.call({ body });
		const about = `${path}: ${body.slice(0, 400)}\n${text}`;
		expect(status, about).toBe(422);
		expect(json.code, about).toBe('invalid');
		expect(json.error, about).toBeTypeOf('string');
		expect(json.request_id, about).toMatch(/^[0-9a-f-]{36}$/);
		expect(
			json.errors?.map(({ field }) => field),
			about
		).toEqual([path]);
		expect(json.errors?.[0]?.message, about).toMatch(/^[A-Za-z].+/);
	};

	test.each(Object.keys(faulty).filter((path) => faulty[path]?.length))(
		'%s is named and nothing is written',
		async (path) => {
			const before = await stage.countRows();
			for (const value of faulty[path] ?? []) {
				await refuse(orderWith(path, value), `request.${path}`);
			}
			expect(await stage.countRows()).toBe(before);
		}
	);

	test('parts of lists and rules between fields are named', async () => {
		const before = await stage.countRows();
		for (const [path, value, named] of nested) {
			await refuse(orderWith(path, value), `request.${named}`);
		}
		expect(await stage.countRows()).toBe(before);
	});

	test('decimals are counted by the currency', async () => {
		const written = [
			['JPY', '10.5'],
			['JPY', '10.0'],
			['KWD', '1.0005'],
			['EUR', '1.005']
		] as const;
		for (const [currency, amount] of written) {
			const body = orderWith('currency', currency).replace('10.05', amount);
			const { status, json, text } = await stage.call({ body });
			expect(status, text).toBe(422);
			expect(json.errors?.map(({ field }) => field)).toContain('request.amount');
		}
	});

	test('all faults are told at once', async () => {
		const request = { mode: 'test', user_id: '', tracking_id: 5, currency: 'eur', theme: 'red' };
		const { status, json } = await stage.call({ body: { request } });
		expect(status).toBe(422);
		const fields = json.errors?.map(({ field }) => field).sort();
		const names = ['currency', 'theme', 'tracking_id', 'user_id'];
		expect(fields).toEqual(names.map((name) => `request.${name}`));
	});

	test('a request that is no object is named as such', async () => {
		for (const body of ['{}', '[]', '5', '"x"', 'null', '{"request":[]}', '{"request":null}']) {
			await refuse(body, 'request');
		}
	});
});
