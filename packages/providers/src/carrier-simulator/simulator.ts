import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { CarrierName } from '../carriers/carrier-request.ts'
import { handlePlivo, refusePlivo } from './api-plivo.ts'
import { handleTwilio, refuseTwilio } from './api-twilio.ts'
import { createControls } from './controls.ts'
import { nextDueAt } from './due.ts'
import { openLedger } from './ledger.ts'
import { createLoop, type SetTimer } from './loop.ts'
import { Refused } from './orders.ts'
import type { SendOptions } from './sender.ts'
import { readSwitches, Switches, setSwitches } from './switches.ts'
import { type CarrierCall, type CarrierMessage, viewCall, viewMessage } from './view.ts'
import type { Accounts, World } from './world.ts'

export type SimulatorRequest = {
  method: string
  /** Below the mount point, without the query: `/v1/Account/…`. */
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  /** As it came: JSON or a form. */
  body: string
}
export type SimulatorResponse = {
  status: number
  headers: Record<string, string>
  body: string
  /** The connection is to be cut instead of answering. */
  lost?: boolean
}
/** `isNew`: it was taken just now. */
export type Change = { isNew: boolean } & ({ call: CarrierCall } | { message: CarrierMessage })

export type CarrierSimulatorOptions = SendOptions & {
  /** The books: a SQLite file, or `:memory:`. */
  file: string
  /** Several may share the books; each acts on what was taken under its own name only. */
  home?: string
  accounts: Accounts
  /** It rings nobody: a process that serves the public must never have one. */
  production: boolean
  /** More calls a second than this are answered 429. No limit without it. */
  perSecond?: number
  /** Where texts of phones go; `{carrier}` becomes the protocol's name. */
  inboundUrl?: string
  /** The carrier's time runs so many times faster. */
  speed?: number
  now?: () => number
  setTimer?: SetTimer
  /** Told of every change of a call or a text; what it returns is waited for before a request is answered. */
  onChange?: (change: Change) => unknown
  log?: (message: string) => void
}

export type CarrierSimulator = ReturnType<typeof createCarrierSimulator>

/**
 * A carrier for machines without an account at one. It speaks the protocols of Plivo and of Twilio for calls and texts,
 * signs like them, fetches and obeys what is to be said, and keeps books of its own. It rings nobody: a phone is a
 * number whose ending says what its owner does, or waits on a page for somebody to pick it up.
 * @throws Error in production
 */
export function createCarrierSimulator(options: CarrierSimulatorOptions) {
  if (options.production) throw new Error('the development carrier rings nobody and is refused in production')
  const { speed = 1, now = Date.now, perSecond, onChange } = options
  const ledger = openLedger(options.file)
  const telling = new Set<Promise<unknown>>()
  const world: World = {
    ledger,
    accounts: options.accounts,
    home: options.home ?? '',
    now,
    lasts: (ms) => ms / speed,
    after: (ms) => now() + ms / speed,
    inboundUrl: options.inboundUrl,
    changed(kind, id, isNew = false) {
      if (!onChange) return
      if (kind === 'call') track({ isNew, call: callOf(id)! })
      else track({ isNew, message: viewMessage(world, ledger.message(id)!) })
    },
  }
  const callOf = (id: string) => {
    const row = ledger.call(id)
    return row && viewCall(world, row)
  }
  function track(change: Change) {
    const told = Promise.try(() => onChange?.(change)).catch((error: unknown) =>
      options.log?.(`development carrier: ${String(error)}`),
    )
    telling.add(told)
    void told.finally(() => telling.delete(told))
  }
  const loop = createLoop(world, options)
  const admit = createPace(perSecond, now)

  function answer(request: SimulatorRequest): SimulatorResponse {
    if (request.path === '/control') return control(request)
    const [, wire, account, path] = readPath(request.path)
    if (!wire || !path) return { status: 404, headers: {}, body: '' }
    const refuse = wire === 'plivo' ? refusePlivo : refuseTwilio
    try {
      if (!authorised(options.accounts, wire, account!, request.headers.authorization))
        throw new Refused(401, 'Authenticate')
      if (readSwitches(ledger).down) throw new Refused(503, 'Service Unavailable')
      if (request.method === 'POST' && CALL.test(path) && !admit()) throw new Refused(429, 'Too Many Requests')
      return wire === 'plivo' ? handlePlivo(world, request, path) : handleTwilio(world, request, path)
    } catch (error) {
      if (error instanceof Refused) return refuse(error)
      throw error
    }
  }

  /** The switches, for whoever has the keys of an account. */
  function control({ method, headers, body }: SimulatorRequest): SimulatorResponse {
    const { plivo } = options.accounts
    if (!plivo || !authorised(options.accounts, 'plivo', plivo.authId, headers.authorization))
      return { status: 401, headers: {}, body: '' }
    const changes = Switches.partial()
      .strict()
      .safeParse(method === 'POST' ? parse(body) : {})
    const said = changes.success
      ? { switches: setSwitches(ledger, changes.data) }
      : { error: z.prettifyError(changes.error) }
    return {
      status: changes.success ? 200 : 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(said),
    }
  }

  return {
    async handle(request: SimulatorRequest): Promise<SimulatorResponse> {
      const answered = answer(request)
      loop.wake()
      await Promise.all(telling)
      const lost = request.path !== '/control' && request.method === 'POST' && readSwitches(ledger).loseAnswer
      return lost ? { ...answered, lost: true } : answered
    },
    ...createControls(world, callOf, loop.wake),
    setSwitches: (changes: Partial<Switches>) => setSwitches(ledger, changes),
    /** When something happens next by itself; for tests that move the clock there. */
    nextDueAt: () => nextDueAt(world),
    /** Does everything that is due now, and what follows from it at once. */
    runDue: loop.runDue,
    start: loop.start,
    async stop() {
      await loop.stop()
      await Promise.all(telling)
      ledger.close()
    },
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Asking for a call, in either protocol. */
const CALL = /^\/(Call|Calls\.json)$/
const PATHS: [CarrierName, RegExp][] = [
  ['plivo', /^\/v1\/Account\/([^/]+)(\/.+?)\/?$/],
  ['twilio', /^\/2010-04-01\/Accounts\/([^/]+)(\/.+)$/],
]
function readPath(path: string): [string, CarrierName?, string?, string?] {
  for (const [wire, pattern] of PATHS) {
    const found = pattern.exec(path)
    if (found) return [path, wire, decodeURIComponent(found[1]!), found[2]!]
  }
  return [path]
}

function authorised(accounts: Accounts, wire: CarrierName, account: string, header: string | undefined): boolean {
  const { plivo, twilio } = accounts
  const [user, token] = wire === 'plivo' ? [plivo?.authId, plivo?.authToken] : [twilio?.accountSid, twilio?.authToken]
  if (!user || !token || user !== account) return false
  const expected = Buffer.from(`Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`)
  const given = Buffer.from(header ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** A bucket that fills by so many a second; two may come at once. */
function createPace(perSecond: number | undefined, now: () => number): () => boolean {
  if (perSecond === undefined) return () => true
  const most = Math.max(2, perSecond)
  let left = most
  let at = now()
  return () => {
    left = Math.min(most, left + ((now() - at) / 1_000) * perSecond)
    at = now()
    if (left < 1) return false
    left--
    return true
  }
}
