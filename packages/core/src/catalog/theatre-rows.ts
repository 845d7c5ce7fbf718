import type { TheatreCard } from '@marquee/contracts/theatres'
import type { Prisma } from '../generated/prisma/client.ts'

/** What a theatre card needs besides the row itself. */
export const THEATRE_CARD = {
  city: { select: { slug: true } },
  _count: { select: { screens: true } },
} satisfies Prisma.TheatreInclude

type TheatreRow = Prisma.TheatreGetPayload<{ include: typeof THEATRE_CARD }>

export function theatreCard(row: TheatreRow): TheatreCard {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    area: row.area,
    address: row.address,
    postcode: row.postcode,
    amenities: row.amenities,
    ratingAverage: row.ratingAverage,
    ratingCount: row.ratingCount,
    screenCount: row._count.screens,
    citySlug: row.city.slug,
  }
}
