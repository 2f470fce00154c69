/** The APIs that have a document, in the order in which the documentation names them. */
export const documents = [
	{
		name: 'cashier',
		label: 'Cashier API',
		about: 'Deposits and withdrawals on one page, card payments from your server.'
	},
	{
		name: 'charges',
		label: 'Charges API',
		about: 'One charge, one page, amounts in the unit people use.'
	},
	{
		name: 'checkout',
		label: 'Checkout API',
		about: 'Applications, signed links, and methods that are paid elsewhere.'
	}
] as const;
