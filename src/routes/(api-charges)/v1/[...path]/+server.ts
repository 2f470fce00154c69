/** Every other address below the API's, in its own shape. */
export { refuseAddress as fallback } from '$lib/server/api-charges';
