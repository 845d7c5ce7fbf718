import { Id, Text } from '@marquee/contracts/common'
import { deleteMovie } from '@marquee/core/catalog/delete-movie'
import { deleteTheatre } from '@marquee/core/catalog/delete-theatre'
import { updateMovie } from '@marquee/core/catalog/update-movie'
import { updateTheatre } from '@marquee/core/catalog/update-theatre'
import { z } from 'zod'
import { originOf } from '../../plugins/network.ts'
import type { Routes } from '../routes.ts'

/**
 * Whom the original believed: an address in the body. Taken, and it authorises nobody. `rating` and `capacity` are taken
 * and not kept: ours come from reviews and from the halls.
 */
const Taken = { email: Text(254).optional(), rating: z.number().optional(), capacity: z.number().optional() }
const OldShow = z.object({
  id: Id,
  name: Text(200).min(1).optional(),
  tag: Text(200).min(1).optional(),
  /** Minutes. */
  duration: z.int().min(1).max(600).optional(),
  /** Rupees. */
  price: z.number().min(0).max(100_000).optional(),
  ...Taken,
})
const OldTheater = z.object({
  id: Id,
  name: Text(120).min(1).optional(),
  place: Text(120).min(1).optional(),
  ...Taken,
})
const OldDelete = z.object({ id: Id, email: Taken.email })
const Written = z.object({ message: z.string(), id: z.string() })

/** The ticket platform's changes and deletions. A "show" there is a film here; the session says who asks. */
export const ticketPlatformWriteRoutes: Routes = async (app, { ctx }) => {
  const response = { 200: Written }
  const hide = true

  app.put(
    '/updateshow',
    { config: { access: 'movie.write' }, schema: { hide, body: OldShow, response } },
    async (request) => {
      const { actor, body } = request
      const patch = {
        title: body.name,
        genres: body.tag?.split(',').flatMap((genre) => genre.trim() || []),
        runtimeMinutes: body.duration,
        defaultPriceMinor: body.price === undefined ? undefined : Math.round(body.price * 100),
      }
      return updateMovie(ctx, { actor, id: body.id, patch, origin: originOf(request) })
    },
  )

  app.delete(
    '/deleteshow',
    { config: { access: 'movie.write' }, schema: { hide, body: OldDelete, response } },
    async (request) => deleteMovie(ctx, { actor: request.actor, id: request.body.id, origin: originOf(request) }),
  )

  app.put(
    '/updatetheater',
    { config: { access: 'theatre.write' }, schema: { hide, body: OldTheater, response } },
    async (request) => {
      const { actor, body } = request
      const patch = { name: body.name, area: body.place }
      return updateTheatre(ctx, { actor, id: body.id, patch, origin: originOf(request) })
    },
  )

  app.delete(
    '/deletetheater',
    { config: { access: 'theatre.write' }, schema: { hide, body: OldDelete, response } },
    async (request) => deleteTheatre(ctx, { actor: request.actor, id: request.body.id, origin: originOf(request) }),
  )
}
