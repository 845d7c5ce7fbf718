import { z } from 'zod'

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
export const LocalDate = z.iso.date()
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

export const paged = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int().min(0), limit: z.int(), offset: z.int() })
