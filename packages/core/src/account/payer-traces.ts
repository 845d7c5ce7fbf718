const ENTITY = '{payload,payment,entity'

/** SQL, over webhook_events: whose order a message of the gateway is about. */
export const ORDER_OF_MESSAGE = `payload #>> '${ENTITY},order_id}'`

/** SQL: a message without its payer. What was paid, and the bank's number for it, is what the books need. */
export const WITHOUT_PAYER = ['email', 'contact', 'vpa', 'upi', 'card', 'customer_id', 'notes'].reduce(
  (sql, field) => `${sql} #- '${ENTITY},${field}}'`,
  'payload',
)
