// The limit of settling: the SQL function called in a tight loop over plain connections, with nothing around it.
import pg from 'pg'
import { answer } from '../answer.ts'
import { DRAFT_MINOR, gatewayPaymentIdOf, paymentIdOf } from '../drafts.ts'

const CONNECTIONS = 16
const clients = await Promise.all(
  Array.from({ length: CONNECTIONS }, async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await client.connect()
    return client
  }),
)

answer({
  async settle({ from, count }: { from: number; count: number }) {
    let next = from
    const began = performance.now()
    await Promise.all(
      clients.map(async (client) => {
        while (next < from + count) {
          const n = next++
          const values = [paymentIdOf(n), gatewayPaymentIdOf(n), DRAFT_MINOR, 'INR', 'webhook']
          await client.query({ name: 'settle', text: 'SELECT * FROM settle_payment($1, $2, $3, $4, $5)', values })
        }
      }),
    )
    return count / ((performance.now() - began) / 1_000)
  },
})
