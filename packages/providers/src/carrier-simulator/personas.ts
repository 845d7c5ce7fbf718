/** Who has a number of this carrier, and what they do. */
export type Persona = {
  name: string
  /** What the phone does; `held`: it rings until somebody answers it on the Outbox page. */
  call: 'answers' | 'busy' | 'rings-out' | 'voicemail' | 'held'
  /** Pressed when somebody is asked for a key. */
  key?: string
  /** The carrier refuses the number. */
  invalid?: boolean
  /** The first request for the number fails at the carrier. */
  failsOnce?: boolean
  /** Written back when a text comes. */
  reply?: string
  /** The carrier says nothing more. */
  silent?: boolean
  /** Every callback is sent so many times. */
  copies?: number
  /** Callbacks come the last one first. */
  reversed?: boolean
}

const HELD: Persona = { name: 'a phone somebody holds', call: 'held' }

/** By the last two digits of the number. */
const BY_ENDING: Partial<{ [ending: string]: Persona }> = {
  '01': { name: 'answers and presses 1', call: 'answers', key: '1' },
  '02': { name: 'is busy', call: 'busy' },
  '03': { name: 'does not answer', call: 'rings-out' },
  '04': { name: 'has a voice mail', call: 'voicemail' },
  '05': { name: 'does not exist', call: 'rings-out', invalid: true },
  '06': { name: 'fails once at the carrier', call: 'answers', key: '1', failsOnce: true },
  '07': { name: 'replies STOP to a text', call: 'answers', reply: 'STOP' },
  '08': { name: 'is taken on, and never heard of again', call: 'rings-out', silent: true },
  '09': { name: 'every callback three times', call: 'answers', key: '1', copies: 3 },
  '10': { name: 'callbacks in the wrong order', call: 'answers', key: '1', reversed: true },
  '11': { name: 'answers and presses 9', call: 'answers', key: '9' },
  '12': { name: 'answers and presses 2', call: 'answers', key: '2' },
}

export const personaOf = (number: string): Persona => BY_ENDING[number.slice(-2)] ?? HELD
