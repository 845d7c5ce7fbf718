import { z } from 'zod'

/** Neither control characters nor halves of a pair: Postgres stores no NUL, and nobody means to send the others. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u
const LINES = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u
const PROBLEM = 'has a character that is no text'

/** One line as it was sent. Every string of a request that has no form of its own is this, `Text` or `Lines`. */
export const Verbatim = (max: number) => z.string().max(max, `use at most ${max} characters`).regex(ONE_LINE, PROBLEM)
/** One line of at most `max` characters, without spaces at its ends. */
export const Text = (max: number) =>
  z.string().trim().max(max, `use at most ${max} characters`).regex(ONE_LINE, PROBLEM)
/**
 * Characters one cannot see that change what one reads: marks that turn the direction of a line, spaces of no width,
 * fillers and tags. Joiners (U+200C, U+200D) are taken out only where they join nothing: between letters and signs of
 * Indian and Arabic scripts they are spelling.
 */
const UNSEEN = /(?![\u200C\u200D])\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/gu
const LOOSE_JOINERS =
  /(?<![\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Arab}])[\u200C\u200D]+/gu

/** What a person is called, in one line, without what cannot be seen: "Asha" in disguise is Asha. */
export const PersonName = (max: number, empty: string) =>
  z
    .string()
    .overwrite((text) => text.replace(UNSEEN, '').replace(LOOSE_JOINERS, ''))
    .trim()
    .max(max, `use at most ${max} characters`)
    .regex(ONE_LINE, PROBLEM)
    .min(1, empty)
/** Text in several lines. */
export const Lines = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replaceAll('\r\n', '\n'))
    .trim()
    .max(max, `use at most ${max} characters`)
    .regex(LINES, PROBLEM)

/** A row's own id. Unknown ids are answered 404, malformed ones 422. */
export const Id = z.uuid()
export const Slug = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens')
/** Catalogue pages are reached by slug, machines may use the id. */
export const IdOrSlug = z.union([Id, Slug])
/** A calendar day in the theatre's own zone. */
export const LocalDate = dayBetween('2000-01-01', '2100-12-31')
/** Films are older than we are. */
export const ReleaseDate = dayBetween('1888-01-01', '2100-12-31')
/** An instant, always sent in UTC. */
export const Instant = z.iso.datetime()
/** Integer minor units: paise for INR. Never a float, never a string. */
export const Minor = z.int().min(0).max(1_000_000_000)
export const Currency = z.literal('INR')

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(24),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
})
export type PageQuery = z.infer<typeof PageQuery>

function dayBetween(first: string, last: string) {
  return z.iso.date().refine((day) => day >= first && day <= last, `a day from ${first} to ${last}`)
}

export const paged = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int().min(0), limit: z.int(), offset: z.int() })

/** A yes or no in a query: "true" or "false", nothing else. */
export const QueryFlag = z.enum(['true', 'false']).transform((word) => word === 'true')
