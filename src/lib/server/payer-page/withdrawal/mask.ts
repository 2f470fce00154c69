/** Labels of accounts: enough for their owner to know them by, too little for anybody else. */

export function maskIban(iban: string): string {
	return `${iban.slice(0, 2)}•• •••• ${iban.slice(-4)}`;
}

export function maskLocalAccount(country: string, number: string): string {
	return `${country} •••• ${number.slice(-Math.min(4, Math.floor(number.length / 2)))}`;
}

/** `phone`: E.164; its country's code is told apart by `callingCode`. */
export function maskPhone(phone: string, callingCode: string): string {
	return `+${callingCode} •••• ${phone.slice(-3)}`;
}

/** An e-mail address keeps its domain, any other name its ends. */
export function maskWallet(wallet: string): string {
	const [first = ''] = wallet;
	const at = wallet.lastIndexOf('@');
	if (at > 0) return `${first}•••${wallet.slice(at)}`;
	return `${first}•••${wallet.length > 6 ? wallet.slice(-2) : ''}`;
}
