import receiver from './receive-webhooks.js?raw';

/** The code of the documentation, for the installation that shows it. */
export function samples(origin: string) {
	return {
		key: `export API_KEY=$(node -p "require('./data/demo.json').cashier.api_key")`,
		open: call(origin, 'order-1'),
		opened: '{"token":"mX0q…43 characters"}',
		status: `curl -H "x-api-key: $API_KEY" '${origin}/api/v1/transaction/status?id=order-1'`,
		statusAnswer: '{"transaction_status":"successful"}',
		element: [
			`<script src="${origin}/embed/v1.js" async></script>`,
			'<cash-desk token="TOKEN" theme="auto" locale="en"></cash-desk>',
			'',
			'<script>',
			"  const cashier = document.querySelector('cash-desk');",
			"  cashier.addEventListener('cashdesk:success', ({ detail }) => {",
			'    // { transaction_id, tracking_id, status }',
			'    console.log(detail.tracking_id, detail.status);',
			'  });',
			'</script>'
		].join('\n'),
		dialog: [
			'const dialog = Cashdesk.open({',
			'  token,',
			'  onevent: (event) => console.log(event.type, event.detail)',
			'});',
			'// null where nothing had come out when it was closed',
			'const outcome = await dialog.closed;'
		].join('\n'),
		frame: `<iframe src="${origin}/pay/TOKEN" title="Payment" allow="payment"></iframe>`,
		webhook: [
			'POST /your/webhook',
			'x-signature: 5FDDA8F46411C132DCFBEE53C39BA06298CB48BC',
			'webhook-id: 0193f1c0-7a61-7c44-9d5e-0b1f3f0c2a11',
			'webhook-timestamp: 1770000000',
			'webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
			'',
			'{"transaction_id":"0193f1bf-…","user_id":"reader-1","tracking_id":"order-1",' +
				'"status":"successful","currency":"EUR","amount":"25.00","transaction_type":"deposit"}'
		].join('\n'),
		receiver,
		openWithWebhook: call(origin, 'order-2', { webhook_url: 'http://localhost:4000/' }),
		error: JSON.stringify(
			{
				error: 'The request has faulty fields',
				code: 'invalid',
				errors: [{ field: 'request.amount', message: 'must have at most 2 decimals in EUR' }],
				request_id: '0193f1c2-4d0e-7b3a-8f52-6f1f0a9b7c33'
			},
			null,
			2
		)
	};
}

/** A call as it works in a terminal, once the key is in API_KEY. */
function call(origin: string, reference: string, settings?: object): string {
	const request = {
		mode: 'test',
		user_id: 'reader-1',
		tracking_id: reference,
		amount: '25.00',
		currency: 'EUR',
		amount_restricted: true,
		settings
	};
	return [
		`curl ${origin}/api/v1/cashier \\`,
		'  -H "x-api-key: $API_KEY" \\',
		"  -H 'content-type: application/json' \\",
		`  -d '${JSON.stringify({ request }, null, 2)}'`
	].join('\n');
}
