import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CarrierName, CarrierRequest } from '../carriers/carrier-request.ts'
import { createSms } from '../sms/failover.ts'
import { createPlivoSms } from '../sms/plivo.ts'
import type { InboundSms, SmsReceipt } from '../sms/sms-sender.ts'
import { createTwilioSms } from '../sms/twilio.ts'
import { createVoice } from '../voice/failover.ts'
import { createPlivoVoice } from '../voice/plivo.ts'
import { createTwilioVoice } from '../voice/twilio.ts'
import type { CallEvent, CallScript } from '../voice/voice-caller.ts'
import { listen } from './listen.ts'
import { type CarrierSimulatorOptions, createCarrierSimulator } from './simulator.ts'

const START = Date.parse('2026-11-21T14:00:00Z')
const plivo = { authId: 'MA-test', authToken: 'plivo-token' }
const twilio = { accountSid: 'AC-test', authToken: 'twilio-token' }
const from = '+914000000000'

/** The carrier, our clients of it, and a server that is called back and tells what to say; time is moved by hand. */
export async function openShop(wire: CarrierName, options: Partial<CarrierSimulatorOptions> = {}) {
  const clock = { at: START }
  const events: (CallEvent & { at: number })[] = []
  const receipts: SmsReceipt[] = []
  const inbound: InboundSms[] = []
  const refused: string[] = []
  const shop = {
    script: null as CallScript | null,
    /** Instead of a script: a status and a body, whatever they are. */
    answerWith: null as { status: number; body: string } | null,
    afterKey: [{ say: 'Thank you.', language: 'en-IN' }, { hangUp: true }] as CallScript,
    /** Statuses that callbacks are answered with, before 200. */
    failures: [] as number[],
  }

  const server = createServer((request, response) => void serve(request, response))
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const rawBody = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
    const asked: CarrierRequest = {
      method: request.method ?? '',
      url: `${base}${request.url}`,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
      params: Object.fromEntries(new URLSearchParams(rawBody.toString())),
      rawBody,
    }
    const [, what = '', name = ''] = (request.url ?? '').split('?')[0]!.split('/')
    const [caller, texts] = [voice.carrier(name), sms.carrier(name)]
    const reply = (status: number, contentType = 'text/plain', body = '') =>
      void response.writeHead(status, { 'content-type': contentType }).end(body)
    if (!caller || !texts) return reply(404)
    try {
      const say = (script: CallScript) => {
        const { contentType, body } = caller.answer(script)
        reply(200, contentType, body)
      }
      if (what === 'texts') receipts.push(texts.readReceipt(asked))
      else if (what === 'inbound') inbound.push(texts.readInbound(asked))
      else events.push({ ...caller.readEvent(asked), at: clock.at })
      const failure = what === 'status' || what === 'texts' ? shop.failures.shift() : undefined
      if (failure !== undefined) reply(failure)
      else if (what === 'answer' && shop.answerWith) reply(shop.answerWith.status, 'text/xml', shop.answerWith.body)
      else if (what === 'answer') say(shop.script ?? usual())
      else if (what === 'key') say(shop.afterKey)
      else reply(200)
    } catch (error) {
      refused.push(String(error))
      reply(403)
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keyUrl = `${base}/key/${wire}?call=7&note=a%20b`
  const usual = (): CallScript => [
    { say: 'This is Marquee. Booking is open for Tom & <Jerry>.', language: 'en-IN' },
    { ask: 'Press 1 to stop, 9 to never call again.', language: 'en-IN', keys: '129', waitSeconds: 6, keyUrl },
    { say: 'Goodbye.', language: 'en-IN' },
  ]

  const simulator = createCarrierSimulator({
    file: ':memory:',
    production: false,
    accounts: { plivo, twilio },
    now: () => clock.at,
    inboundUrl: `${base}/inbound/{carrier}`,
    ...options,
  })
  const carrier = await listen(simulator)
  const at = { baseUrl: carrier.baseUrl, from, timeoutMs: 1_000 }
  const caller = wire === 'plivo' ? createPlivoVoice({ ...plivo, ...at }) : createTwilioVoice({ ...twilio, ...at })
  const voice = createVoice([caller])
  const sms = createSms([
    wire === 'plivo' ? createPlivoSms({ ...plivo, ...at }) : createTwilioSms({ ...twilio, ...at }),
  ])
  return {
    shop,
    clock,
    events,
    receipts,
    inbound,
    refused,
    simulator,
    caller,
    voice,
    sms,
    keyUrl,
    call: (to: string, ringSeconds = 30, limitSeconds = 60) =>
      voice.place({
        to,
        answerUrl: `${base}/answer/{carrier}?call=7`,
        statusUrl: `${base}/status/{carrier}?call=7&x=1`,
        ringSeconds,
        limitSeconds,
      }),
    text: (to: string, text = 'Booking is open.') =>
      sms.send({ to, text, idempotencyKey: 'one', statusUrl: `${base}/texts/{carrier}?alert=1` }),
    /** Lets everything happen until `until`, or until nothing more does. */
    async run(until = Number.POSITIVE_INFINITY) {
      for (let next = simulator.nextDueAt(); next !== null && next <= until; next = simulator.nextDueAt()) {
        clock.at = Math.max(clock.at, next)
        await simulator.runDue()
      }
      if (Number.isFinite(until)) clock.at = until
    },
    async close() {
      server.closeAllConnections()
      server.close()
      carrier.close()
      await simulator.stop()
      await Promise.all([voice.close(), sms.close()])
    },
  }
}
