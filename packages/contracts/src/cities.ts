import { z } from 'zod'
import { Id, Slug, Text } from './common.ts'

export const City = z
  .object({
    id: Id,
    slug: Slug,
    name: z.string(),
    region: z.string(),
    /** IANA name: every showtime of the city is shown in it. */
    timeZone: z.string(),
    aliases: z.array(z.string()),
  })
  .meta({ id: 'City' })
export type City = z.infer<typeof City>

export const CityList = z.object({ items: z.array(City) })
export const CityQuery = z.object({ city: Text(60).min(1).optional() })
