import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { context } }) => {
	const { origin } = context.config;
	return {
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
		frame: [
			`<iframe src="${origin}/pay/TOKEN" title="Payment"`,
			'  allow="payment; clipboard-write"></iframe>'
		].join('\n')
	};
};
