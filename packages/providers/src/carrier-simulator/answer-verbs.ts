import type { CarrierName } from '../carriers/carrier-request.ts'
import { AnswerError, readXml, wordsOf, type XmlElement } from './read-xml.ts'

export type Words = { text: string; language: string }
export type Verb =
  | { do: 'say'; words: Words }
  | { do: 'wait'; ms: number }
  | { do: 'gather'; says: Words[]; keys: string; timeoutMs: number; action: string; method: string }
  | { do: 'hang-up' }

type Dialect = { say: string; wait: string; gather: string; attributes: Record<string, string[]> }
const names = (...lists: string[]) => lists.join(' ').split(' ')
const DIALECTS: Record<CarrierName, Dialect> = {
  plivo: {
    say: 'Speak',
    wait: 'Wait',
    gather: 'GetDigits',
    attributes: {
      Response: [],
      Speak: ['voice', 'language', 'loop'],
      Wait: ['length', 'silence', 'minSilence', 'beep'],
      Hangup: ['reason', 'schedule'],
      GetDigits: names(
        'action method timeout digitTimeout finishOnKey numDigits retries redirect playBeep validDigits',
        'invalidDigitsSound log',
      ),
    },
  },
  twilio: {
    say: 'Say',
    wait: 'Pause',
    gather: 'Gather',
    attributes: {
      Response: [],
      Say: ['voice', 'language', 'loop'],
      Pause: ['length'],
      Hangup: [],
      Gather: names(
        'input action method timeout finishOnKey numDigits actionOnEmptyResult language hints bargeIn',
        'speechTimeout profanityFilter speechModel enhanced',
      ),
    },
  },
}
const ALL_KEYS = '0123456789*#'

/**
 * What the carrier is told to do, in order. `base` is where the document came from, for relative addresses.
 * @throws AnswerError as the vendor would refuse it: an unknown verb or attribute, one nested where it cannot be
 */
export function readAnswer(carrier: CarrierName, text: string, base: string): Verb[] {
  const dialect = DIALECTS[carrier]
  const root = check(dialect, readXml(text))
  if (root.name !== 'Response') throw new AnswerError(`<${root.name}> instead of <Response>`)
  return elementsIn(root).map((element) => readVerb(dialect, check(dialect, element), base))
}

function readVerb(dialect: Dialect, element: XmlElement, base: string): Verb {
  const { attributes } = element
  if (element.name === dialect.say) return { do: 'say', words: readWords(element) }
  if (element.name === dialect.wait) return { do: 'wait', ms: seconds(attributes.length, 1) }
  if (element.name === 'Hangup') return { do: 'hang-up' }
  const says = elementsIn(element).map((inner) => {
    if (inner.name !== dialect.say) throw new AnswerError(`<${inner.name}> cannot be inside <${element.name}>`)
    return readWords(check(dialect, inner))
  })
  const method = attributes.method ?? 'POST'
  if (!['GET', 'POST'].includes(method)) throw new AnswerError(`method ${method}`)
  if (attributes.numDigits !== '1') throw new AnswerError('this carrier takes one key at a time: numDigits="1"')
  const action = URL.parse(attributes.action ?? '', base)?.href
  if (!action) throw new AnswerError('an action that is no address')
  const timeoutMs = seconds(attributes.timeout, 5)
  return { do: 'gather', says, keys: attributes.validDigits ?? ALL_KEYS, timeoutMs, action, method }
}

function readWords(element: XmlElement): Words {
  const [nested] = elementsIn(element)
  if (nested) throw new AnswerError(`<${nested.name}> cannot be inside <${element.name}>`)
  const text = wordsOf(element)
  if (text === '') throw new AnswerError(`<${element.name}> says nothing`)
  return { text, language: element.attributes.language ?? 'en-US' }
}

function check({ attributes }: Dialect, element: XmlElement): XmlElement {
  const known = attributes[element.name]
  if (!known) throw new AnswerError(`<${element.name}> is no verb`)
  for (const name of Object.keys(element.attributes))
    if (!known.includes(name)) throw new AnswerError(`${element.name} has no attribute ${name}`)
  return element
}

/** @throws AnswerError for text where only verbs may be */
function elementsIn({ name, children }: XmlElement): XmlElement[] {
  const elements = children.filter((child) => typeof child !== 'string')
  const loose = children.find((child) => typeof child === 'string' && child.trim() !== '')
  if (elements.length > 0 || name === 'Response') if (loose) throw new AnswerError(`words loose in <${name}>`)
  return elements
}

function seconds(text: string | undefined, usual: number): number {
  const value = text === undefined ? usual : Number(text)
  if (!Number.isFinite(value) || value < 0) throw new AnswerError(`${text} seconds`)
  return value * 1_000
}
