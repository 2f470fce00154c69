/** The pages of the documentation, in the order in which they are read. */
export const pages = [
	{
		href: '/docs',
		label: 'First payment',
		about: 'From a key to a paid order in five minutes.',
		parts: []
	},
	{
		href: '/docs/reference',
		label: 'API reference',
		about: 'Every call of the three APIs, to read and to try.',
		parts: []
	},
	{
		href: '/docs/cashier',
		label: 'Cashier API',
		about: 'Every call with request and answer, fields, statuses, errors.',
		parts: [
			['calls', 'Calls'],
			['deposit', 'Deposit cashier'],
			['withdrawal', 'Withdrawal cashier'],
			['decision', 'Approve or reject'],
			['direct', 'Direct'],
			['s2s', 'Server to server'],
			['status', 'One transaction'],
			['transactions', 'Transactions'],
			['request', 'The request'],
			['statuses', 'Statuses'],
			['errors', 'Errors'],
			['repeats', 'Repeats']
		]
	},
	{
		href: '/docs/charges',
		label: 'Charges API',
		about: 'A first charge in five minutes; amounts, statuses.',
		parts: [
			['first', 'First charge'],
			['cancel', 'Cancel'],
			['amounts', 'Amounts'],
			['statuses', 'Statuses'],
			['repeats', 'Repeats']
		]
	},
	{
		href: '/docs/checkout',
		label: 'Checkout API',
		about: 'A first checkout in five minutes; instructions, applications, scopes.',
		parts: [
			['first', 'First checkout'],
			['elsewhere', 'Paid elsewhere'],
			['applications', 'Applications'],
			['scopes', 'Scopes'],
			['statuses', 'Statuses']
		]
	},
	{
		href: '/docs/webhooks',
		label: 'Webhooks',
		about: 'What your server hears, how to verify it, and how the payer comes back.',
		parts: [
			['webhooks', 'What comes'],
			['others', 'The other APIs'],
			['verify', 'Verify'],
			['try', 'Try it'],
			['return', 'Back to you']
		]
	},
	{
		href: '/docs/embedding',
		label: 'Embedding',
		about: 'The page within yours: an element, a dialog, a plain frame.',
		parts: []
	},
	{
		href: '/docs/routing',
		label: 'Methods and routing',
		about: 'Which method at which provider, what it costs, and who may pay how much.',
		parts: [
			['methods', 'Methods'],
			['saved', 'Saved cards'],
			['accounts', 'Provider accounts'],
			['rules', 'Rules'],
			['fees', 'Fees'],
			['conversion', 'Conversion'],
			['payouts', 'Payouts'],
			['limits', 'Limits and gates']
		]
	},
	{
		href: '/docs/testing',
		label: 'Testing',
		about: 'Inputs that decide what happens, the demo’s accounts.',
		parts: [
			['inputs', 'Test inputs'],
			['demo', 'The demo merchant']
		]
	},
	{
		href: '/docs/going-live',
		label: 'Going live',
		about: 'What changes from test to live: keys, settings, addresses, backups.',
		parts: [
			['server', 'The server'],
			['changes', 'Your integration'],
			['before', 'Before the first payment'],
			['operating', 'Money that waits'],
			['backups', 'Backups']
		]
	}
] as const;

export type DocsPath = (typeof pages)[number]['href'];
