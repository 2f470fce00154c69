import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const registry = new Registry();
collectDefaultMetrics({ register: registry });

const requests = new Histogram({
	name: 'cashdesk_http_request_seconds',
	help: 'Duration of requests by route, method and status',
	labelNames: ['route', 'method', 'status'],
	buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
	registers: [registry]
});

/** Starts measuring a request; call what is returned with the answer's status. */
export function measure(route: string | null, method: string): (status: number) => void {
	const startedAt = performance.now();
	return (status) => {
		const seconds = (performance.now() - startedAt) / 1000;
		requests.observe({ route: route ?? 'none', method, status }, seconds);
	};
}

/** The text of `/metrics`, and its type. */
export async function readMetrics(): Promise<{ body: string; contentType: string }> {
	return { body: await registry.metrics(), contentType: registry.contentType };
}
