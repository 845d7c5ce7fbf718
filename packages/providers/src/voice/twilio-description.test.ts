import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTwilioSms } from '../sms/twilio.ts'
import { createTwilioVoice } from './twilio.ts'
import description from './twilio-description.json' with { type: 'json' }

// Twilio describes its API for machines. Every request our clients make is held against that, as it was on the wire.

type Schema = { type?: string; format?: string; pattern?: string; enum?: string[]; items?: Schema }
type Parameter = { name: string; in: string; required: boolean; schema: Schema }
type Operation = {
  method: string
  path: string
  parameters: Parameter[]
  body?: { contentType: string; required: string[]; properties: Record<string, Schema> }
}
const OPERATIONS = description.operations as unknown as Record<string, Operation>
type Request = { method: string; url: string; contentType: string | undefined; body: string }

/** What is wrong with a request, by the description; an empty list is none. */
function problemsOf({ method, url, contentType, body }: Request): { operation: string; problems: string[] } {
  const { pathname, searchParams } = new URL(url, 'https://api.twilio.com')
  for (const [operation, described] of Object.entries(OPERATIONS)) {
    const names: string[] = []
    const pattern = described.path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_all, name: string) => {
      names.push(name)
      return '([^/]+)'
    })
    const found = new RegExp(`^${pattern}$`).exec(pathname)
    // `{Sid}.json` would take a list for a single one with an odd name.
    if (!found || described.method !== method) continue
    const inPath = new Map(names.map((name, i) => [name, [decodeURIComponent(found[i + 1] ?? '')]]))
    const parametersOf = (where: string) => described.parameters.filter((parameter) => parameter.in === where)
    const problems = [
      ...checkAll(inPath, asSchemas(parametersOf('path')), requiredOf(parametersOf('path'))),
      ...checkAll(valuesOf(searchParams), asSchemas(parametersOf('query')), requiredOf(parametersOf('query'))),
    ]
    if (described.body) {
      if (contentType !== described.body.contentType) problems.push(`sent as ${contentType}`)
      problems.push(
        ...checkAll(valuesOf(new URLSearchParams(body)), described.body.properties, described.body.required),
      )
    } else if (body !== '') problems.push('has a body')
    return { operation, problems }
  }
  return { operation: 'none', problems: [`${method} ${pathname} is not described`] }
}

const asSchemas = (parameters: Parameter[]) => Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]))
const requiredOf = (parameters: Parameter[]) => parameters.filter((one) => one.required).map(({ name }) => name)
const valuesOf = (params: URLSearchParams) => new Map([...params.keys()].map((name) => [name, params.getAll(name)]))

function checkAll(given: Map<string, string[]>, known: Record<string, Schema>, required: string[]): string[] {
  const missing = required.filter((name) => !given.has(name)).map((name) => `${name} is missing`)
  const wrong = [...given].flatMap(([name, values]) => {
    const schema = known[name]
    if (!schema) return [`${name} is unknown`]
    if (schema.type === 'array') return values.flatMap((value) => checkOne(name, value, schema.items ?? {}))
    return values.length > 1 ? [`${name} is there ${values.length} times`] : checkOne(name, values[0] ?? '', schema)
  })
  return [...missing, ...wrong]
}

function checkOne(name: string, value: string, schema: Schema): string[] {
  const fits =
    (schema.type !== 'integer' || /^-?\d+$/.test(value)) &&
    (schema.type !== 'boolean' || ['true', 'false'].includes(value)) &&
    (schema.format !== 'uri' || ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? '')) &&
    (schema.format !== 'http-method' || ['GET', 'POST'].includes(value)) &&
    (schema.format !== 'phone-number' || /^\+[1-9]\d{6,14}$/.test(value)) &&
    (!schema.pattern || new RegExp(schema.pattern).test(value)) &&
    (!schema.enum || schema.enum.includes(value))
  return fits ? [] : [`${name} cannot be ${JSON.stringify(value)}`]
}

const asked: Request[] = []
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
  const { method = '', url = '', headers } = request
  asked.push({ method, url, contentType: headers['content-type'], body })
  const call = {
    sid: `CA${'1'.repeat(32)}`,
    to: '+919876543210',
    status: 'queued',
    date_created: new Date().toUTCString(),
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...call, calls: [call] }))
})
let baseUrl = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const accountSid = `AC${'a'.repeat(32)}`
const callSid = `CA${'1'.repeat(32)}`

test('every request of ours is one that Twilio describes', async () => {
  const keys = { accountSid, authToken: 'token', baseUrl }
  const voice = createTwilioVoice({ ...keys, from: '+15005550006' })
  const byNumber = createTwilioSms({ ...keys, from: '+15005550006' })
  const byService = createTwilioSms({ ...keys, from: `MG${'b'.repeat(32)}` })
  const text = { to: '+919876543210', text: 'Tom & Jerry = 🎬', idempotencyKey: 'k' }
  await voice.place({
    to: '+919876543210',
    answerUrl: 'https://tickets.example/api/voice/twilio/answer/1?a=b&c=d',
    statusUrl: 'https://tickets.example/api/voice/twilio/status/1',
    ringSeconds: 30,
    limitSeconds: 90,
  })
  await voice.look(callSid)
  await voice.find('+919876543210', new Date(0), new Date())
  await voice.hangUp(callSid)
  await byNumber.send({ ...text, statusUrl: 'https://tickets.example/api/sms/twilio/status?attempt=1' })
  await byService.send({ ...text, templateId: '1107' })
  for (const client of [voice, byNumber, byService]) await client.close()
  expect(asked.map(problemsOf)).toEqual(
    ['CreateCall', 'FetchCall', 'ListCall', 'UpdateCall', 'CreateMessage', 'CreateMessage'].map((operation) => ({
      operation,
      problems: [],
    })),
  )
})

describe('what it does not describe is found', () => {
  const post = (path: string, body: Record<string, string> | [string, string][]) => ({
    method: 'POST',
    url: `/2010-04-01/Accounts/${accountSid}/${path}`,
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(body).toString(),
  })
  const call = { To: '+919876543210', From: '+15005550006', Url: 'https://tickets.example/' }
  test.each([
    ['a field that is missing', post('Calls.json', { To: call.To }), 'From is missing'],
    ['a field there is not', post('Calls.json', { ...call, RingTimeout: '3' }), 'RingTimeout is unknown'],
    ['words for a number', post('Calls.json', { ...call, Timeout: 'long' }), 'Timeout cannot be "long"'],
    ['no address', post('Calls.json', { ...call, Url: 'tickets' }), 'Url cannot be "tickets"'],
    [
      'two of one',
      post('Calls.json', [...Object.entries(call), ['Timeout', '1'], ['Timeout', '2']]),
      'Timeout is there 2',
    ],
    ['a status there is not', post(`Calls/${callSid}.json`, { Status: 'over' }), 'Status cannot be "over"'],
    ['no service', post('Messages.json', { To: call.To, MessagingServiceSid: 'MG7' }), 'MessagingServiceSid cannot be'],
    ['another form', { ...post('Calls.json', call), contentType: 'application/json' }, 'sent as application/json'],
    [
      'an account there cannot be',
      { ...post('Calls.json', call), url: '/2010-04-01/Accounts/AC1/Calls.json' },
      'AccountSid',
    ],
    [
      'a query there is not',
      { method: 'GET', url: `/2010-04-01/Accounts/${accountSid}/Calls.json?Since=1`, contentType: undefined, body: '' },
      'Since is unknown',
    ],
  ])('%s', (_what, request, problem) => {
    expect(problemsOf(request).problems.join('; ')).toContain(problem)
  })
})
