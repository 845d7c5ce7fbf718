import { z } from 'zod'
import { City } from './cities.ts'
import { Id, PageQuery, paged, Slug, Text } from './common.ts'

export const TheatreCard = z
  .object({
    id: Id,
    slug: Slug,
    name: z.string(),
    area: z.string(),
    address: z.string(),
    postcode: z.string(),
    amenities: z.array(z.string()),
    ratingAverage: z.number(),
    ratingCount: z.int(),
    screenCount: z.int(),
    citySlug: Slug,
  })
  .meta({ id: 'TheatreCard' })
export type TheatreCard = z.infer<typeof TheatreCard>

export const Theatre = TheatreCard.extend({
  city: City,
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  screens: z.array(z.object({ id: Id, name: z.string(), features: z.array(z.string()), seatCount: z.int() })),
}).meta({ id: 'Theatre' })
export type Theatre = z.infer<typeof Theatre>

export const TheatreListQuery = PageQuery.extend({ city: Text(60).min(1).optional() })
export type TheatreListQuery = z.infer<typeof TheatreListQuery>
export const TheatreList = paged(TheatreCard).meta({ id: 'TheatreList' })
export type TheatreList = z.infer<typeof TheatreList>

/** PUT /api/admin/theatres/:id: what is left out stays; so does the path, so that links keep working. */
export const TheatrePatch = z
  .object({
    name: Text(120).min(1),
    area: Text(120).min(1),
    address: Text(300).min(1),
    postcode: Text(20).min(1),
    amenities: z.array(Text(40).min(1)).max(30),
  })
  .partial()
  .meta({ id: 'TheatrePatch' })
export type TheatrePatch = z.infer<typeof TheatrePatch>
/** Of PUT and DELETE /api/admin/theatres/:id. */
export const TheatreWritten = z.object({ message: z.string(), id: Id }).meta({ id: 'TheatreWritten' })
export type TheatreWritten = z.infer<typeof TheatreWritten>
