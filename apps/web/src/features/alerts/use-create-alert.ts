import type { AlertCreated, CreateAlertBody } from '@marquee/contracts/alerts'
import type { User } from '@marquee/contracts/auth'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ApiError } from '../../lib/api-error.ts'
import { asSentence } from '../../lib/form-errors.ts'
import { type SentCode, sendCode } from '../../lib/otp.ts'
import type { DraftField, DraftProblems } from './alert-draft.ts'
import { keepAlertToken } from './alert-token.ts'
import { createAlert } from './api.ts'

type ContactKind = 'phone' | 'email'
const KINDS = ['phone', 'email'] as const

export type CreateStep =
  | { at: 'form' }
  /** `of`: how many codes there are in all, this being the `nth`. */
  | { at: 'code'; kind: ContactKind; sent: SentCode; nth: number; of: number }
  | { at: 'done'; result: AlertCreated & { renewed: boolean } }

/** Where a field of the request stands in the form. */
function fieldOf(field: string): DraftField | null {
  const first = field.split('.')[0] ?? ''
  if (first.startsWith('phone')) return 'phone'
  if (first.startsWith('email')) return 'email'
  if (first === 'filters' || first === 'partySize') return 'showings'
  if (first === 'quietHours' || first === 'urgency') return 'timing'
  if (first === 'consent' || first === 'channels') return 'channels'
  return first === 'name' || first === 'city' || first === 'film' ? first : null
}

/** Whether the account has shown already that this number or address is theirs. */
export const isProved = (user: User | null, kind: ContactKind, value: string): boolean =>
  kind === 'phone'
    ? user?.phoneVerified === true && user.phone === value
    : user?.emailVerified === true && user.email?.toLowerCase() === value.trim().toLowerCase()

/**
 * From the filled-in form to the alert: a code for the number, one for the address, then the request. Somebody signed in
 * whose account has them proved is asked for none, unless the API wants to see them proved again.
 */
export function useCreateAlert(user: User | null, onRefused: (problems: DraftProblems, words: string | null) => void) {
  const client = useQueryClient()
  const [step, setStep] = useState<CreateStep>({ at: 'form' })
  const [busy, setBusy] = useState(false)
  const body = useRef<CreateAlertBody | null>(null)
  const proofs = useRef<Partial<Record<ContactKind, { to: string; proof: string }>>>({})
  const codes = useRef<Partial<Record<ContactKind, { to: string; sent: SentCode }>>>({})
  const mustProve = useRef(new Set<ContactKind>())

  const provedByAccount = (kind: ContactKind, value: string) =>
    !mustProve.current.has(kind) && isProved(user, kind, value)

  const toProve = (asked: CreateAlertBody) =>
    KINDS.filter((kind) => asked[kind] !== undefined && !provedByAccount(kind, asked[kind]))

  async function codeFor(kind: ContactKind, to: string): Promise<SentCode> {
    const before = codes.current[kind]
    // Back and forth again: the code that was sent is still good, and a second one would only have to be waited for.
    if (before?.to === to && Date.parse(before.sent.expiresAt) > Date.now() + before.sent.offset) return before.sent
    const sent = await sendCode({ purpose: 'alert', [kind]: to })
    codes.current[kind] = { to, sent }
    return sent
  }

  async function goOn(asked: CreateAlertBody): Promise<void> {
    const all = toProve(asked)
    const next = all.find((kind) => proofs.current[kind]?.to !== asked[kind])
    if (next) {
      const sent = await codeFor(next, asked[next] ?? '')
      return setStep({ at: 'code', kind: next, sent, nth: all.indexOf(next) + 1, of: all.length })
    }
    const result = await createAlert({
      ...asked,
      ...(all.includes('phone') && { phoneProof: proofs.current.phone?.proof }),
      ...(all.includes('email') && { emailProof: proofs.current.email?.proof }),
    })
    proofs.current = {}
    codes.current = {}
    mustProve.current.clear()
    if (result.token) keepAlertToken(result.token)
    void client.invalidateQueries({ queryKey: ['alerts'] })
    setStep({ at: 'done', result })
  }

  /** Back to the form, with what is wrong beside its field. */
  function tell(error: unknown) {
    setStep({ at: 'form' })
    if (error instanceof ApiError && error.code !== 'OTP_ENDED') return tellFields(error)
    if (error instanceof ApiError) {
      proofs.current = {}
      codes.current = {}
      onRefused({}, 'The code has ended meanwhile. Press the button again, and we send a new one.')
    } else onRefused({}, 'Something unexpected happened. Try again in a moment.')
  }

  function tellFields(error: ApiError) {
    const problems: DraftProblems = {}
    for (const { field, message } of error.fields) {
      const known = fieldOf(field)
      if (!known) continue
      problems[known] ??= asSentence(message) ?? message
      if ((known === 'phone' || known === 'email') && !codes.current[known]) mustProve.current.add(known)
    }
    onRefused(problems, Object.keys(problems).length > 0 ? null : error.message)
  }

  async function submit(asked: CreateAlertBody): Promise<void> {
    body.current = asked
    setBusy(true)
    await goOn(asked).catch(tell)
    setBusy(false)
  }

  async function prove(kind: ContactKind, proof: string): Promise<void> {
    const asked = body.current
    if (!asked) return
    proofs.current[kind] = { to: asked[kind] ?? '', proof }
    delete codes.current[kind]
    await goOn(asked).catch(tell)
  }

  return { step, busy, submit, prove, back: () => setStep({ at: 'form' }) }
}
