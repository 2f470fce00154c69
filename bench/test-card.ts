/** A card that is always approved, as a server-to-server call names it. */
export const testCard = {
	holder_name: 'Ada Muster',
	card_number: '4242424242424242',
	cvc: '123',
	exp_month: '12',
	exp_year: '2034'
};
