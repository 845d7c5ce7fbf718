import type { Verb, Words } from './answer-verbs.ts'
import type { CallEnd, CallRow, CallStep } from './ledger.ts'
import type { CallOrder, Order } from './orders.ts'
import { personaOf } from './personas.ts'
import { tellOfCall } from './tell.ts'
import { newId, type World } from './world.ts'

// What happens to a call. Each move writes its callbacks in the same transaction, in the carrier's own time.

const DIAL_MS = 400
const BUSY_AFTER_MS = 1_000
const ANSWERS_AFTER_MS = 2_500
const DETECTS_AFTER_MS = 2_000
/** A person thinks for a moment before pressing. */
const PRESSES_AFTER_MS = 700
const speechMs = (text: string) => Math.max(800, text.length * 65)

export type Said = { at: number; text: string; language: string }
export type Pressed = { at: number; key: string; taken: boolean }
export type Gather = Extract<Verb, { do: 'gather' }>

const orderOf = (call: CallRow) => JSON.parse(call.request) as CallOrder

export function placeCall(world: World, wire: CallRow['wire'], { from, to, order }: Order): CallRow {
  const id = newId(wire, 'CA')
  const { ledger } = world
  ledger.run(
    `INSERT INTO calls (id, wire, caller, number, request, state, step, next_at, placed_at, home)
     VALUES (?, ?, ?, ?, ?, 'queued', 'ring', ?, ?, ?)`,
    id,
    wire,
    from,
    to,
    JSON.stringify(order),
    world.after(DIAL_MS),
    world.now(),
    world.home,
  )
  const call = ledger.call(id)!
  tellOfCall(world, call, 'initiated')
  return call
}

/** Everything but fetching what is to be said, which takes time outside of the books. */
export function move(world: World, call: CallRow, step: Exclude<CallStep, 'fetch'>): void {
  if (isOverTime(world, call)) end(world, call, 'limit')
  else MOVES[step](world, call)
}

const MOVES: Record<Exclude<CallStep, 'fetch'>, (world: World, call: CallRow) => void> = {
  ring,
  answer,
  busy: (world, call) => end(world, call, 'busy'),
  'ring-out': (world, call) => end(world, call, 'no-answer'),
  machine(world, call) {
    tellOfCall(world, call, 'machine')
    end(world, call, 'machine')
  },
  verb: nextVerb,
  press: (world, call) => press(world, call, personaOf(call.number).key ?? ''),
  'no-key'(world, call) {
    world.ledger.setCall(call.id, { gather: null })
    nextVerb(world, call)
  },
}

function ring(world: World, call: CallRow): void {
  const { ledger } = world
  ledger.setCall(call.id, { state: 'ringing', ringing_at: world.now() })
  tellOfCall(world, ledger.call(call.id)!, 'ringing')
  const acts = personaOf(call.number).call
  const patience = orderOf(call).ringSeconds * 1_000
  const [step, afterMs]: [CallStep, number] =
    acts === 'busy'
      ? ['busy', BUSY_AFTER_MS]
      : acts === 'answers' || acts === 'voicemail'
        ? ['answer', ANSWERS_AFTER_MS]
        : ['ring-out', patience]
  // Whoever lets it ring too long is not reached.
  plan(world, call.id, afterMs < patience ? step : 'ring-out', Math.min(afterMs, patience))
}

function answer(world: World, call: CallRow): void {
  const { ledger } = world
  const order = orderOf(call)
  const machine = personaOf(call.number).call === 'voicemail'
  ledger.setCall(call.id, {
    state: 'in-progress',
    answered_at: world.now(),
    answered_by: machine ? 'machine' : 'human',
  })
  const answered = ledger.call(call.id)!
  tellOfCall(world, answered, 'answered')
  if (machine && order.machine === 'ended') {
    plan(world, call.id, 'machine', DETECTS_AFTER_MS)
    return
  }
  if (order.machine !== 'ignored' && (machine || call.wire === 'twilio'))
    tellOfCall(world, answered, machine ? 'machine' : 'human', DETECTS_AFTER_MS)
  fetchNext(world, call.id, { url: order.answerUrl, method: order.answerMethod, key: null })
}

const fetchNext = (world: World, id: string, what: { url: string; method: string; key: string | null }) =>
  world.ledger.setCall(id, { fetch: JSON.stringify(what), step: 'fetch', next_at: world.now() })

/** What was fetched is obeyed from its first word on. A call that has ended meanwhile stays ended. */
export function obey(world: World, id: string, verbs: Verb[]): void {
  const call = world.ledger.call(id)
  if (!call || call.state === 'ended') return
  world.ledger.setCall(id, { script: JSON.stringify(verbs), gather: null, fetch: null })
  nextVerb(world, world.ledger.call(id)!)
}

function nextVerb(world: World, call: CallRow): void {
  const [verb, ...rest] = JSON.parse(call.script) as Verb[]
  world.ledger.setCall(call.id, { script: JSON.stringify(rest) })
  if (!verb) end(world, call, 'end-of-words')
  else if (verb.do === 'hang-up') end(world, call, 'hung-up-by-script')
  else if (verb.do === 'wait') plan(world, call.id, 'verb', verb.ms)
  else if (verb.do === 'say') plan(world, call.id, 'verb', speak(world, call, [verb.words]))
  else gather(world, call, verb)
}

function gather(world: World, call: CallRow, verb: Gather): void {
  world.ledger.setCall(call.id, { gather: JSON.stringify(verb) })
  const talkMs = speak(world, call, verb.says)
  const { key } = personaOf(call.number)
  const pressed = (JSON.parse(call.keys) as Pressed[]).length > 0
  const soon = talkMs * 0.6 + PRESSES_AFTER_MS
  if (key && !pressed && soon < talkMs + verb.timeoutMs) plan(world, call.id, 'press', soon)
  else plan(world, call.id, 'no-key', talkMs + verb.timeoutMs)
}

/** One after the other. @returns how long it takes */
function speak(world: World, call: CallRow, says: Words[]): number {
  const said = JSON.parse(call.said) as Said[]
  let ms = 0
  for (const { text, language } of says) {
    said.push({ at: world.after(ms), text, language })
    ms += speechMs(text)
  }
  world.ledger.setCall(call.id, { said: JSON.stringify(said) })
  return ms
}

/** A key goes to whoever asked for one; otherwise nobody hears of it. */
export function press(world: World, call: CallRow, key: string): void {
  const now = world.now()
  const gather = call.gather ? (JSON.parse(call.gather) as Gather) : null
  const taken = gather?.keys.includes(key) === true
  const keys = [...(JSON.parse(call.keys) as Pressed[]), { at: now, key, taken }]
  world.ledger.setCall(call.id, { keys: JSON.stringify(keys) })
  if (!gather || !taken) return
  // It interrupts: what was not said yet is not said.
  const said = (JSON.parse(call.said) as Said[]).filter(({ at }) => at <= now)
  world.ledger.setCall(call.id, { gather: null, said: JSON.stringify(said) })
  fetchNext(world, call.id, { url: gather.action, method: gather.method, key })
}

export function end(world: World, call: CallRow, as: CallEnd, detail: string | null = null): void {
  const { ledger } = world
  const now = world.now()
  const said = (JSON.parse(call.said) as Said[]).filter(({ at }) => at <= now)
  ledger.setCall(call.id, {
    state: 'ended',
    ended_as: as,
    ended_at: now,
    detail,
    step: null,
    next_at: null,
    gather: null,
    fetch: null,
    said: JSON.stringify(said),
  })
  tellOfCall(world, ledger.call(call.id)!, 'completed')
}

function plan(world: World, id: string, step: CallStep, afterMs: number): void {
  const call = world.ledger.call(id)!
  // It is cut at its limit, whatever is being said.
  const cutAt = call.answered_at === null ? Number.POSITIVE_INFINITY : limitOf(world, call)
  world.ledger.setCall(id, { step, next_at: Math.min(world.after(afterMs), cutAt) })
}
const limitOf = (world: World, call: CallRow) => call.answered_at! + world.lasts(orderOf(call).limitSeconds * 1_000)
const isOverTime = (world: World, call: CallRow) => call.answered_at !== null && world.now() >= limitOf(world, call)
