// What is said the same at checkout, on the booking, in the mail and on paper. Without zod: the web's pages read it.

export const REFUND_TERMS = 'Not refundable once bought, unless the cinema cancels.'
export const AGE_ADVICE = 'Bring a photo ID: the A certificate and the UA age bands ask for proof of age.'
