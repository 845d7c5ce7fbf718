import type { AlertOptions } from '@marquee/contracts/alerts'
import { type CacheCtx, cached } from '../cache/cache.ts'
import { findCity } from '../catalog/find-city.ts'
import { allTheatres } from '../catalog/list-theatres.ts'
import type { Ctx } from '../context.ts'
import { countryChoices } from './calling-codes.ts'
import { CONSENT_TEXTS, CONSENT_VERSION } from './consent-texts.ts'

type OptionsCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>

/** What the form needs besides the films. @throws AppError NOT_FOUND for an unknown city */
export async function getAlertOptions(ctx: OptionsCtx, query: { city: string }): Promise<AlertOptions> {
  const city = await findCity(ctx, query.city)
  const [theatres, shown] = await Promise.all([allTheatres(ctx), shownIn(ctx, city.id)])
  return {
    theatres: theatres
      .filter(({ citySlug }) => citySlug === city.slug)
      .map(({ id, name, area }) => ({ id, name, area })),
    ...shown,
    countries: countryChoices(ctx.config.sms.countries),
    timeZone: city.timeZone,
    consent: { version: CONSENT_VERSION, texts: CONSENT_TEXTS },
    pushKey: ctx.config.push?.publicKey ?? null,
  }
}

type Shown = { formats: string[]; languages: string[] }

/** Formats and languages of this city's programme: of what was shown lately and of what is to come. */
async function shownIn(ctx: OptionsCtx, cityId: string): Promise<Shown> {
  const { value } = await cached(ctx, {
    key: `alert-choices:${cityId}`,
    tags: ['showtimes', 'theatres'],
    ttlSeconds: 300,
    load: async (): Promise<Shown> => {
      const { rows } = await ctx.pool.query<Shown>(
        `SELECT coalesce(array_agg(DISTINCT s.format ORDER BY s.format), '{}') AS formats,
                coalesce(array_agg(DISTINCT s.language ORDER BY s.language), '{}') AS languages
           FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id
          WHERE t.city_id = $1 AND s.starts_at > $2::timestamptz - interval '30 days'`,
        [cityId, ctx.clock.now()],
      )
      return rows[0] ?? { formats: [], languages: [] }
    },
  })
  return value
}
