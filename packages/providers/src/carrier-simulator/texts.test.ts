import { afterEach, describe, expect, test } from 'vitest'
import type { Change } from './simulator.ts'
import { openShop } from './test-shop.ts'

type Shop = Awaited<ReturnType<typeof openShop>>
const open: Shop[] = []
afterEach(async () => {
  for (const shop of open.splice(0)) await shop.close()
})
async function shopOf(...given: Parameters<typeof openShop>) {
  const shop = await openShop(...given)
  open.push(shop)
  return shop
}
const number = (ending: string) => `+9198765400${ending}`
const statuses = ({ receipts }: Shop) => receipts.map(({ status }) => status)

describe.each(['plivo', 'twilio'] as const)('%s', (wire) => {
  const inOrder = wire === 'plivo' ? ['queued', 'sent', 'delivered'] : ['sent', 'delivered']

  test('a text goes out whole, and its receipts come in order', async () => {
    const shop = await shopOf(wire)
    const words = 'Tom & <Jerry> 🎬\nTelugu మనం = 50%+'
    const { carrier, providerMessageId } = await shop.text('+919876543299', words)
    expect(carrier).toBe(wire)
    await shop.run()
    expect(shop.refused).toEqual([])
    expect(statuses(shop)).toEqual(inOrder)
    expect(new Set(shop.receipts.map((receipt) => receipt.providerMessageId))).toEqual(new Set([providerMessageId]))
    expect(shop.simulator.messages()).toMatchObject({
      items: [{ to: '+919876543299', text: words, status: 'delivered' }],
      total: 1,
    })
  })

  test('05 refused, 06 one failure of theirs, then fine', async () => {
    const shop = await shopOf(wire)
    await expect(shop.text(number('05'))).rejects.toMatchObject({ retry: false, ours: false, refused: true })
    await expect(shop.text(number('06'))).rejects.toMatchObject({ retry: false, ours: false, refused: false })
    expect(shop.simulator.messages().total).toBe(0)
    await shop.text(number('06'))
    expect(shop.simulator.messages().total).toBe(1)
  })

  test('07 writes back STOP, from its own number', async () => {
    const shop = await shopOf(wire)
    await shop.text(number('07'))
    await shop.run()
    expect(shop.refused).toEqual([])
    expect(shop.inbound).toMatchObject([{ from: number('07'), to: '+914000000000', text: 'STOP' }])
  })

  test('anybody can write back', async () => {
    const shop = await shopOf(wire)
    const { providerMessageId } = await shop.text('+919876543299')
    expect(shop.simulator.replyTo(providerMessageId, 'Unsubscribe!')).toBe(true)
    expect(shop.simulator.replyTo('none', 'STOP')).toBe(false)
    await shop.run()
    expect(shop.inbound).toMatchObject([{ from: '+919876543299', text: 'Unsubscribe!' }])
    // Plivo signs no word of it: such a signature is good once.
    expect(shop.inbound.map(({ nonce }) => nonce !== undefined)).toEqual([wire === 'plivo'])
  })

  test('08 says nothing, 09 everything three times, 10 the last thing first', async () => {
    const silent = await shopOf(wire)
    await silent.text(number('08'))
    await silent.run()
    expect(silent.receipts).toEqual([])
    const thrice = await shopOf(wire)
    await thrice.text(number('09'))
    await thrice.run()
    expect(statuses(thrice)).toEqual(inOrder.flatMap((status) => [status, status, status]))
    const reversed = await shopOf(wire)
    await reversed.text(number('10'))
    await reversed.run()
    expect(statuses(reversed)).toEqual(inOrder.toReversed())
  })
})

test('the template of a text to India goes with it, with whoever sends', async () => {
  const shop = await shopOf('plivo')
  const { createPlivoSms } = await import('../sms/plivo.ts')
  const { listen } = await import('./listen.ts')
  const carrier = await listen(shop.simulator)
  const keys = { authId: 'MA-test', authToken: 'plivo-token', from: 'MARQUE', baseUrl: carrier.baseUrl }
  const message = { to: '+919876543299', text: 'words', idempotencyKey: 'k', templateId: '1107' }
  for (const entityId of ['1101', undefined]) await createPlivoSms({ ...keys, entityId }).send(message)
  carrier.close()
  const templates = shop.simulator.messages().items.map(({ template }) => template)
  expect(new Set(templates)).toEqual(new Set(['1107', null]))
})

test('whoever watches is told before the sender is answered, and its failure is not the sender’s', async () => {
  const seen: Change[] = []
  const shop = await shopOf('plivo', {
    onChange: async (change) => {
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(change)
      throw new Error('no room')
    },
  })
  await shop.text('+919876543299', 'now')
  expect(seen).toMatchObject([{ isNew: true, message: { text: 'now', status: 'queued' } }])
  await shop.run()
  expect(seen.slice(1).every(({ isNew }) => !isNew)).toBe(true)
})
