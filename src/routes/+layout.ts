/** No page of ours needs Kit's client: each works without script, or brings a small one of its own. */
export const csr = false;
