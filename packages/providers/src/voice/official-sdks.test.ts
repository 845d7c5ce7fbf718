import plivo from 'plivo'
import twilio from 'twilio'
import { describe, expect, test } from 'vitest'
import { readXml } from '../carrier-simulator/read-xml.ts'
import { BadCarrierSignature, type CarrierRequest } from '../carriers/carrier-request.ts'
import { signPlivo, signPlivoText, signTwilio } from '../carriers/signatures.ts'
import { createPlivoSms } from '../sms/plivo.ts'
import { createTwilioSms } from '../sms/twilio.ts'
import { createPlivoVoice } from './plivo.ts'
import { plivoXml } from './plivo-xml.ts'
import { createTwilioVoice } from './twilio.ts'
import { twilioXml } from './twilio-xml.ts'
import type { CallScript } from './voice-caller.ts'

// The vendors' own clients have the last word on signatures and XML: ours must agree with them. They are here for that
// only; why calls do not go through them is written down in the decisions.

const token = 'a token of forty characters, or about that'
const nonce = '05429567804466091622'
const at = { baseUrl: 'http://127.0.0.1:9', from: '+15005550006' }
const ours = {
  plivo: createPlivoVoice({ authId: 'MA1', authToken: token, ...at }),
  twilio: createTwilioVoice({ accountSid: 'AC1', authToken: token, ...at }),
}
const texts = {
  plivo: createPlivoSms({ authId: 'MA1', authToken: token, ...at }),
  twilio: createTwilioSms({ accountSid: 'AC1', authToken: token, ...at }),
}

const URLS = [
  'https://tickets.example/api/voice/plivo/status/1',
  'https://tickets.example/api/voice/plivo/status/1?attempt=7',
  'https://tickets.example/api/voice/plivo/status/1?b=2&a=1&note=a%20b',
  'http://127.0.0.1:3001/api/voice/plivo/key?z=1&a=%C3%A9',
]
const FIELDS: Record<string, string>[] = [
  {},
  { CallUUID: 'u1', Digits: '1' },
  {
    To: '919876543210',
    From: '914000000000',
    CallStatus: 'in-progress',
    Event: 'StartApp',
    a: '',
    'Ä b': 'ü & = + 🎬',
  },
]
const request = (
  method: string,
  url: string,
  params: Record<string, string>,
  headers: Record<string, string>,
): CarrierRequest => ({
  method,
  url,
  params,
  headers,
  rawBody: Buffer.from(new URLSearchParams(params).toString()),
})
const accepts = (read: () => unknown) => {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof BadCarrierSignature) return false
    throw error
  }
}

describe.each(URLS)('one opinion on signatures of %s', (url) => {
  test.each(FIELDS)('Plivo posts %j', (fields) => {
    const signature = signPlivo(token, 'POST', url, fields, nonce)
    expect(plivo.validateV3Signature('POST', url, nonce, token, signature, fields)).toBe(true)
    const headers = { 'x-plivo-signature-v3': `other,${signature}`, 'x-plivo-signature-v3-nonce': nonce }
    expect(accepts(() => ours.plivo.readEvent(request('POST', url, fields, headers)))).toBe(true)
    for (const wrong of [
      request('POST', url, { ...fields, Digits: '9' }, headers),
      request('POST', `${url}x`, fields, headers),
      request('POST', url, fields, { ...headers, 'x-plivo-signature-v3-nonce': `${nonce}1` }),
      request('POST', url, fields, { ...headers, 'x-plivo-signature-v3': signature.slice(1) }),
      request('POST', url, fields, { 'x-plivo-signature-v3': signature }),
      request('POST', url, fields, {}),
    ])
      expect(accepts(() => ours.plivo.readEvent(wrong))).toBe(false)
  })

  test('Plivo gets', () => {
    const signature = signPlivo(token, 'GET', url, {}, nonce)
    expect(plivo.validateV3Signature('GET', url, nonce, token, signature)).toBe(true)
    const headers = { 'x-plivo-signature-ma-v3': signature, 'x-plivo-signature-v3-nonce': nonce }
    const query = Object.fromEntries(new URL(url).searchParams)
    expect(accepts(() => ours.plivo.readEvent(request('GET', url, query, headers)))).toBe(true)
    expect(accepts(() => ours.plivo.readEvent(request('GET', `${url}/x`, query, headers)))).toBe(false)
  })

  test('Plivo tells of a text', () => {
    const signature = signPlivoText(token, url, nonce)
    expect(plivo.validateSignature(url, nonce, signature, token)).toBe(true)
    const headers = { 'x-plivo-signature-v2': signature, 'x-plivo-signature-v2-nonce': nonce }
    const fields = { MessageUUID: 'm1', Status: 'delivered' }
    expect(texts.plivo.readReceipt(request('POST', url, fields, headers))).toMatchObject({ status: 'delivered' })
    const other = { ...headers, 'x-plivo-signature-v2-nonce': '1' }
    expect(accepts(() => texts.plivo.readReceipt(request('POST', url, fields, other)))).toBe(false)
    // A call's news must not be let in by the weaker signature.
    expect(accepts(() => ours.plivo.readEvent(request('POST', url, fields, headers)))).toBe(false)
  })

  test.each(FIELDS)('Twilio posts %j', (fields) => {
    const theirs = twilio.getExpectedTwilioSignature(token, url, fields)
    expect(signTwilio(token, url, fields)).toBe(theirs)
    expect(twilio.validateRequest(token, signTwilio(token, url, fields), url, fields)).toBe(true)
    const headers = { 'x-twilio-signature': theirs }
    expect(accepts(() => ours.twilio.readEvent(request('POST', url, fields, headers)))).toBe(true)
    expect(accepts(() => ours.twilio.readEvent(request('POST', url, { ...fields, Digits: '9' }, headers)))).toBe(false)
    expect(accepts(() => ours.twilio.readEvent(request('POST', `${url}x`, fields, headers)))).toBe(false)
    expect(accepts(() => ours.twilio.readEvent(request('POST', url, fields, {})))).toBe(false)
    expect(accepts(() => texts.twilio.readReceipt(request('POST', url, fields, headers)))).toBe(true)
  })
})

test('Twilio signs a port that nobody wrote, and leaves out one that somebody did', () => {
  const fields = { CallSid: 'CA1' }
  const signed = (url: string) => ({ 'x-twilio-signature': twilio.getExpectedTwilioSignature(token, url, fields) })
  const [plain, withPort] = ['https://tickets.example/a?b=c', 'https://tickets.example:443/a?b=c']
  for (const [as, came] of [
    [withPort, plain],
    [plain, withPort],
  ] as const) {
    expect(twilio.validateRequest(token, signed(as)['x-twilio-signature'], came, fields)).toBe(true)
    expect(accepts(() => ours.twilio.readEvent(request('POST', came, fields, signed(as))))).toBe(true)
  }
})

const film = 'Tom & <Jerry> "2" 🎬\u0000\u0007\ud800 మనం'
/** Without what no XML can hold: the vendors' clients would let it through. */
const clean = `Tom & <Jerry> "2" 🎬${' '.repeat(4)}మనం`
const keyUrl = 'https://tickets.example/key?call=1&a=<b>'
const script: CallScript = [
  { say: film, language: 'en-IN' },
  { pauseSeconds: 1 },
  { ask: `Press 1. ${film}`, language: 'hi-IN', keys: '129', waitSeconds: 6, keyUrl },
  { say: 'Goodbye.', language: 'en-GB' },
  { hangUp: true },
]

test('Plivo reads our words as if its own client had written them', () => {
  const theirs = plivo.Response()
  const attributes = (voice: string, language: string) => ({ voice, language })
  theirs.addSpeak(clean, attributes('Polly.Aditi', 'en-IN'))
  theirs.addWait({ length: 1 })
  const digits = theirs.addGetDigits({
    action: keyUrl,
    method: 'POST',
    numDigits: 1,
    validDigits: '129',
    retries: 1,
    timeout: 6,
  })
  digits.addSpeak(`Press 1. ${clean}`, attributes('Polly.Aditi', 'hi-IN'))
  theirs.addSpeak('Goodbye.', attributes('Polly.Amy', 'en-GB'))
  theirs.addHangup()
  expect(readXml(plivoXml(script))).toEqual(readXml(theirs.toXML()))
})

test('Twilio reads our words as if its own client had written them', () => {
  const theirs = new twilio.twiml.VoiceResponse()
  theirs.say({ voice: 'Polly.Aditi', language: 'en-IN' }, clean)
  theirs.pause({ length: 1 })
  const gather = theirs.gather({
    input: ['dtmf'],
    action: keyUrl,
    method: 'POST',
    numDigits: 1,
    finishOnKey: '',
    timeout: 6,
  })
  gather.say({ voice: 'Polly.Aditi', language: 'hi-IN' }, `Press 1. ${clean}`)
  theirs.say({ voice: 'Polly.Amy', language: 'en-GB' }, 'Goodbye.')
  theirs.hangup()
  expect(readXml(twilioXml(script))).toEqual(readXml(theirs.toString()))
})

test('no language leaves a call without a voice', () => {
  for (const language of ['te-IN', 'ta', 'xx', '', 'en'])
    for (const xml of [plivoXml, twilioXml])
      expect(readXml(xml([{ say: 'words', language }]))).toMatchObject({
        children: [
          { attributes: { voice: expect.any(String), language: expect.stringMatching(/^[a-z]{2}-[A-Z]{2}$/) } },
        ],
      })
})
