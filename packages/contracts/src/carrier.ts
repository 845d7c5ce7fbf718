import { z } from 'zod'
import { Instant, PageQuery, paged, Text } from './common.ts'

/** An id of the development carrier, in whichever protocol it was asked. */
export const CarrierId = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/)

/** One of the carrier's messages to us: when it was sent last, and what it was answered (0: nothing; null: not yet sent). */
export const CarrierReceipt = z.object({
  event: z.string(),
  at: Instant.nullable(),
  answered: z.int().nullable(),
  attempts: z.int(),
})

/** A call at the development carrier, as its own books have it: a phone that rings, and what was said and pressed. */
export const DevCall = z
  .object({
    id: CarrierId,
    carrier: z.enum(['plivo', 'twilio']),
    from: z.string(),
    to: z.string(),
    /** Who has this number, in words: its ending decides. */
    persona: z.string(),
    state: z.enum(['queued', 'ringing', 'in-progress', 'ended']),
    outcome: z
      .enum([
        'busy',
        'declined',
        'no-answer',
        'machine',
        'end-of-words',
        'hung-up-by-script',
        'hung-up-by-person',
        'hung-up-by-request',
        'cancelled',
        'limit',
        'answer-unreachable',
        'answer-unreadable',
      ])
      .nullable(),
    /** What was wrong with what should have been said. */
    detail: z.string().nullable(),
    answeredBy: z.enum(['human', 'machine']).nullable(),
    placedAt: Instant,
    ringingAt: Instant.nullable(),
    /** It stops ringing then, unless somebody answers. */
    ringsUntil: Instant.nullable(),
    answeredAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    /** The words so far, in order. */
    said: z.array(z.object({ at: Instant, text: z.string(), language: z.string() })),
    /** `taken`: somebody was listening for it. */
    keys: z.array(z.object({ at: Instant, key: z.string(), taken: z.boolean() })),
    /** The keys that are listened for now; null while nobody does. */
    listensFor: z.string().nullable(),
    receipts: z.array(CarrierReceipt),
  })
  .meta({ id: 'DevCall' })
export type DevCall = z.infer<typeof DevCall>

export const DevCallQuery = PageQuery.extend({ to: Text(20).optional() })
export const DevCallList = paged(DevCall).meta({ id: 'DevCallList' })
export type DevCallList = z.infer<typeof DevCallList>

export const PressKeyBody = z
  .object({
    key: z
      .string()
      .max(1)
      .regex(/^[0-9*#]$/, 'one key of a phone'),
  })
  .meta({ id: 'PressKeyBody' })
export type PressKeyBody = z.infer<typeof PressKeyBody>

/** What the owner of a phone writes back to a text. */
export const ReplyToTextBody = z.object({ text: Text(480).min(1) }).meta({ id: 'ReplyToTextBody' })
export type ReplyToTextBody = z.infer<typeof ReplyToTextBody>

/** A text at the development carrier, as its books have it: what the Outbox page knows of it besides its words. */
export const DevText = z
  .object({
    id: CarrierId,
    carrier: z.enum(['plivo', 'twilio']),
    from: z.string(),
    to: z.string(),
    text: z.string(),
    /** The number under which its wording is registered. */
    template: z.string().nullable(),
    status: z.string(),
    placedAt: Instant,
    receipts: z.array(CarrierReceipt),
  })
  .meta({ id: 'DevText' })
export type DevText = z.infer<typeof DevText>
export const DevTextList = paged(DevText).meta({ id: 'DevTextList' })
export type DevTextList = z.infer<typeof DevTextList>
