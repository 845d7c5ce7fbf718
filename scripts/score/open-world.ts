import type { Ctx } from '@marquee/core/context'
import { newId } from '@marquee/core/ids'
import { ensureWatches } from '@marquee/core/listings/ensure-watches'
import { foldTitle, titleFilmKey } from '@marquee/core/listings/film-keys'
import { type CinemaSite, createCinemaSite } from '@marquee/providers/listings/simulator/cinema-site'
import { type ServedSite, serve } from '@marquee/providers/listings/simulator/serve'
import { type PlannedFilm, type PlannedSite, SCORE_CITIES } from './scenario.ts'

export type OpenSite = { plan: PlannedSite; site: CinemaSite; served: ServedSite; host: string }

/** Between two pieces of a page that drips: longer than a reader waits, and short for a run that plays weeks. */
const DRIP_MS = 400
export const GAP_MS = 10_000
/** What its owner permits in a day: enough for the films of one site, and it is kept. */
export const DAILY_BUDGET = 2_400

/** Puts the sites of the plan on ports of the loopback. `now` is the one clock of the run. */
export async function serveSites(plans: PlannedSite[], now: () => Date): Promise<OpenSite[]> {
  return await Promise.all(
    plans.map(async (plan) => {
      const served = await serve(
        (baseUrl) =>
          createCinemaSite({
            seed: plan.id,
            now,
            skin: plan.skin,
            baseUrl,
            name: `Cinema ${plan.skin}`,
            cities: plan.cities,
            films: plan.films,
            acts: plan.acts,
            faultWindows: plan.faultWindows,
            robots: plan.robots,
          }),
        { dripMs: DRIP_MS },
      )
      return { plan, site: served.site, served, host: new URL(served.origin).host }
    }),
  )
}

/** The adapter that reads a skin. */
const kindOf = (plan: PlannedSite) => (plan.skin === 'jsonld-bare' || plan.skin === 'plain-rtl' ? 'jsonld' : plan.skin)

/** Towns and sources, switched on with what permits it. */
export async function writeSources(ctx: Pick<Ctx, 'db'>, sites: OpenSite[]): Promise<Map<string, string>> {
  const cityIds = new Map<string, string>()
  for (const city of SCORE_CITIES) {
    const row = await ctx.db.city.create({
      data: {
        id: newId(),
        slug: city.slug,
        name: city.name,
        region: 'Simulated',
        timeZone: city.zone,
        aliases: [],
      },
    })
    cityIds.set(city.slug, row.id)
  }
  await ctx.db.listingSource.createMany({
    data: sites.map(({ plan, site, host }) => ({
      id: plan.id,
      name: site.name,
      kind: kindOf(plan),
      baseUrl: site.baseUrl,
      hosts: [host],
      cities: Object.fromEntries(plan.cities.map(({ slug, code }) => [slug, { slug, code }])),
      minGapMs: GAP_MS,
      dailyBudget: DAILY_BUDGET,
      enabled: true,
      permission: 'a simulator of our own',
    })),
  })
  return cityIds
}

/** A list that nobody can read: what is watched there was named by a person. */
export async function writeFilmsByHand(ctx: Pick<Ctx, 'db'>, open: OpenSite, cityIds: Map<string, string>, now: Date) {
  await ctx.db.sourceFilm.createMany({
    data: open.plan.films.map((film) => ({
      id: newId(),
      sourceId: open.plan.id,
      cityId: cityIds.get(film.city)!,
      siteMovieId: film.id,
      title: film.title,
      titleKey: foldTitle(film.title),
      slug: film.slug,
      list: 'upcoming',
      releaseDate: film.releaseDate ? new Date(film.releaseDate) : null,
      hints: { url: `${open.site.baseUrl}/${film.city}/film/${film.slug}-${film.id}` },
      firstSeenAt: now,
      lastSeenAt: now,
    })),
  })
}

/** Somebody who waits for a film, by call and mail and at any hour. */
export async function subscribe(
  ctx: Pick<Ctx, 'db'>,
  input: { film: PlannedFilm; cityIds: Map<string, string>; people: number; now: Date },
): Promise<void> {
  const { film, cityIds, now } = input
  const cityId = cityIds.get(film.city)!
  const zone = SCORE_CITIES.find((city) => city.slug === film.city)!.zone
  for (let n = 0; n < input.people; n += 1) {
    const tag = `${film.id} ${n}`
    await ctx.db.$transaction(async (tx) => {
      const contact = (kind: 'phone' | 'email') =>
        tx.contactPoint.create({
          data: { id: newId(), kind, hash: `${kind} ${tag}`, sealed: tag, masked: tag, verifiedAt: now },
        })
      const [phone, email] = [await contact('phone'), await contact('email')]
      const subscription = await tx.alertSubscription.create({
        data: {
          id: newId(),
          name: `Person ${tag}`,
          phoneContactId: phone.id,
          emailContactId: email.id,
          cityId,
          filmKey: titleFilmKey(film.title, null),
          title: film.title,
          channels: ['email', 'call'],
          quietHours: { from: '22:00', to: '08:00', wakeMe: true },
          timeZone: zone,
          createdAt: now,
        },
      })
      const { filmKey, movieId, urgency } = subscription
      await ensureWatches(tx, { cityId, filmKey, movieId, urgency, subscriptionId: subscription.id, now })
    })
  }
}
