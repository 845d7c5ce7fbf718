import type { Evidence, FetchedPage, ListingTarget, Observation, SourceOptions } from '../listing-source.ts'
import { cityKey, isCity } from '../reading/city-names.ts'
import {
  type Bookability,
  decide,
  type Screening,
  unhealthyObservation,
  unknownObservation,
} from '../reading/decide.ts'
import { parseJson } from '../reading/embedded-json.ts'
import { evidenceOf } from '../reading/evidence.ts'
import {
  arrayOf,
  at,
  idOf,
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  objectsIn,
  textOf,
} from '../reading/json-value.ts'
import { healthOf } from '../reading/page-health.ts'
import { dateOf, localMoment } from '../reading/zoned-time.ts'
import { isLabelled, stateOf } from './show-state.ts'

/** A film with its cinemas, wherever in the answer it stands. */
type Block = { movie: JsonObject; cinemas: unknown[]; days: unknown[]; path: string }
type Asked = { target: ListingTarget; zone: string; site: string }

const words = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)

/** A refusal that comes as JSON with status 200. */
export const isGuarded = (answer: unknown) => {
  const code = numberOf(at(answer, 'code')) ?? numberOf(at(answer, 'statusCode')) ?? numberOf(at(answer, 'status'))
  return code !== null && [401, 403, 429].includes(code)
}

const idsOf = (movie: JsonObject): string[] =>
  [movie.id, movie.filmId, ...arrayOf(movie.filmIds)].map(idOf).filter((id) => id !== null)

function blocksIn(answer: unknown): Block[] | null {
  const objects = objectsIn(answer)
  return (
    objects?.flatMap(({ value, path }) => {
      if (Array.isArray(value.movieCinemaSessions))
        return [
          {
            movie: objectOf(value.movie),
            cinemas: value.movieCinemaSessions,
            days: arrayOf(value.days),
            path: `${path}.movieCinemaSessions`,
          },
        ]
      // One cinema with all that it shows: each film of it is a block of a single cinema.
      return arrayOf(value.cinemaMovieSessions).map((entry, i) => ({
        movie: objectOf(at(entry, 'movieRe')),
        cinemas: [{ cinema: value.cinemaRe, experienceSessions: at(entry, 'experienceSessions') }],
        // Those are the days of the cinema, not of the film.
        days: [],
        path: `${path}.cinemaMovieSessions[${i}]`,
      }))
    }) ?? null
  )
}

/** `0915` is written as well as `09:15 AM`. Anything else is no time. */
const clockText = (value: unknown): string | null => {
  const text = textOf(value)
  const digits = text ? /^(\d{1,2})(\d{2})$/.exec(text) : null
  return digits ? `${digits[1]}:${digits[2]}` : text
}

function readShow(
  asked: Asked,
  show: JsonObject,
  state: Bookability,
  cinema: JsonObject,
  experience: unknown,
  where: string,
) {
  const id = idOf(show.sessionId) ?? idOf(show.id)
  const day = dateOf(textOf(show.showDate) ?? textOf(show.showDateStr))
  const { zone, target, site } = asked
  const start = day ? localMoment(day, clockText(show.showTime), zone) : null
  const theatre = idOf(cinema.theatreId) ?? idOf(cinema.id) ?? idOf(show.theatreId)
  const name = textOf(cinema.name)
  if (!id || !day || !start || !(theatre ?? name)) return null
  const seatsLeft = numberOf(show.availableSeats)
  const slug = target.slug ?? 'film'
  const screening: Screening = {
    session: {
      siteId: id,
      cinema: { siteId: theatre, name: name ?? theatre! },
      startsAt: start.toISOString(),
      zone,
      localDate: day,
      format: textOf(show.filmFormat) ?? textOf(show.movieFormat) ?? textOf(experience),
      language: textOf(show.language),
      bookable: state === 'bookable',
      seatsLeft: seatsLeft !== null && Number.isSafeInteger(seatsLeft) && seatsLeft >= 0 ? seatsLeft : null,
      url: `${site}/moviesessions/${[target.city.slug, slug, target.siteMovieId].map(encodeURIComponent).join('/')}`,
    },
    state,
    closesAt: null,
    evidence: evidenceOf(`session.${state}`, 'strong', where, show),
  }
  return screening
}

/** Showings of one film. `lost` counts those that have no id, day or readable time. */
function screeningsOf(asked: Asked, { movie, cinemas, path }: Block, labelled: boolean) {
  const screenings: Screening[] = []
  const ids = new Set(idsOf(movie))
  const isPrint = idOf(movie.id) !== null && idOf(movie.id) !== asked.target.siteMovieId
  let lost = 0
  for (const [c, entry] of cinemas.slice(0, 2_000).entries()) {
    const cinema = objectOf(at(entry, 'cinema'))
    const experiences = at(entry, 'experienceSessions')
    if (!Array.isArray(experiences)) lost++
    for (const [e, group] of arrayOf(experiences).entries()) {
      const shows = at(group, 'shows')
      if (!Array.isArray(shows)) lost++
      for (const [s, show] of arrayOf(shows).entries()) {
        const where = `${path}[${c}].experienceSessions[${e}].shows[${s}]`
        // A showing may carry the number of another print of the film, never that of another film. Whoever asks for one print
        // does not mean the others.
        const other = idOf(at(show, 'movieId'))
        if (other && ids.size > 1 && (!ids.has(other) || (isPrint && other !== asked.target.siteMovieId))) continue
        const state = isObject(show) ? stateOf(show, labelled) : 'unclear'
        // Nobody ever sees a phantom, so it is no session, and nothing is lost with it.
        if (state === null) continue
        const read = isObject(show) ? readShow(asked, show, state, cinema, at(group, 'experience'), where) : null
        if (read) screenings.push(read)
        else lost++
      }
    }
  }
  return { screenings, lost }
}

const showsOf = (blocks: Block[]) =>
  blocks
    .flatMap(({ cinemas }) => cinemas)
    .flatMap((entry) => arrayOf(at(entry, 'experienceSessions')))
    .flatMap((group) => arrayOf(at(group, 'shows')))

/** Names under which the site sells several towns at once, and the towns. */
const GREATER: Record<string, string[]> = {
  delhincr: ['Delhi', 'New Delhi', 'Gurugram', 'Noida', 'Greater Noida', 'Ghaziabad', 'Faridabad'],
  mumbaiall: ['Mumbai', 'Navi Mumbai', 'Thane', 'Kalyan'],
}
const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Null where no cinema names its city. Greater cities hold several names: one that fits is enough. */
function cityFits(blocks: Block[], { city, hints }: ListingTarget): boolean | null {
  const asked = new Set([city.slug, city.name].flatMap(words).map(cityKey))
  const towns = [city.slug, city.name].flatMap((name) => GREATER[plain(name)] ?? []).map(cityKey)
  const cinemas = blocks.flatMap((block) => block.cinemas)
  const named = cinemas.map((entry) => textOf(at(entry, 'cinema', 'cityName'))).filter((name) => name !== null)
  if (named.length > 0)
    return named.some(
      (name) =>
        isCity(name, city) || towns.includes(cityKey(name)) || words(name).some((word) => asked.has(cityKey(word))),
    )
  if (cinemas.every((entry) => isObject(at(entry, 'cinema')))) return null
  // The answer for one cinema may leave it out; then only its number tells where it is.
  const known = (hints.theatres ?? '').split(',').map((id) => id.trim())
  const ids = showsOf(blocks).map((show) => idOf(at(show, 'theatreId')) ?? '')
  return ids.length > 0 && ids.every((id) => id !== '' && known.includes(id))
}

/** The days that the answer says are on sale. Only the answer for no certain day lists them. */
const daysOf = (blocks: Block[]): string[] =>
  blocks.flatMap(({ days }) => days.map((day) => dateOf(at(day, 'dt')))).filter((day) => day !== null)

/** The film stands in the list of coming films, and not among those that run. */
function comingSoon(list: FetchedPage | null, target: ListingTarget): Evidence | null {
  if (!list || !healthOf(list, { expects: 'json' }).ok) return null
  const output = at(parseJson(list.body), 'output')
  const isIn = (key: string) =>
    arrayOf(at(output, key)).find((film) => idsOf(objectOf(film)).includes(target.siteMovieId))
  const film = isIn('cs')
  return film && !isIn('ns') ? evidenceOf('list.coming-soon', 'strong', 'output.cs', film) : null
}

export function decidePvr(
  options: SourceOptions,
  site: string,
  target: ListingTarget,
  page: FetchedPage,
  list: FetchedPage | null,
  now: Date,
): Observation {
  const health = healthOf(page, { expects: 'json' })
  if (!health.ok) return unhealthyObservation(target.siteMovieId, health)
  const answer = parseJson(page.body)
  if (isGuarded(answer))
    return unknownObservation(target.siteMovieId, 'blocked', [evidenceOf('answer.refused', 'veto', 'code', page.body)])
  const blocks = isObject(answer) ? blocksIn(answer) : null
  if (!blocks)
    return unknownObservation(target.siteMovieId, 'parse', [evidenceOf('answer.shape', 'veto', 'body', page.body)])

  const mine = blocks.filter(({ movie }) => idsOf(movie).includes(target.siteMovieId))
  const soon = comingSoon(list, target)
  const other = blocks.map(({ movie }) => idOf(movie.id)).find((id) => id !== null) ?? null
  const asked: Asked = { target, zone: options.zone ?? target.city.zone, site }
  // One generation of answers has labels, the other has none: what one showing has holds for all.
  const labelled = showsOf(blocks).some(isLabelled)
  const read = mine.map((block) => screeningsOf(asked, block, labelled))
  const screenings = read.flatMap((one) => one.screenings)
  const lost = read.reduce((sum, one) => sum + one.lost, 0)
  const isHealthy = /^success$/i.test(textOf(at(answer, 'result')) ?? 'success')
  const listed = daysOf(mine)
  const days =
    listed.length > 0
      ? listed
      : screenings.filter(({ state }) => state === 'bookable').map(({ session }) => session.localDate)
  // An answer without showings of the asked day has been read to its end: the day is not open.
  const isWhole = mine.length > 0 && isHealthy && lost === 0
  const observation = decide(
    {
      served: mine.length > 0 || (blocks.length === 0 && soon) ? target.siteMovieId : other,
      cityFits: cityFits(mine, target),
      skeleton: (mine.length > 0 && isHealthy) || soon !== null,
      screenings,
      openDates: [...new Set(days)],
      listsOpenDates: listed.length > 0,
      saysNotOpen: [
        ...(isWhole ? [evidenceOf('sessions.read', 'strong', mine[0]!.path, mine[0]!.movie)] : []),
        ...(soon ? [soon] : []),
      ],
      announcedAt: null,
      announcement: null,
      proofs: [],
      staleSince: null,
      shape: [...(mine.length > 0 ? ['movieCinemaSessions'] : []), ...(soon ? ['cs'] : [])],
    },
    target,
    now,
  )
  if (lost > 0 && (observation.verdict === 'NOT_OPEN' || observation.verdict === 'SOLD_OUT'))
    return unknownObservation(target.siteMovieId, 'parse', observation.evidence, target.siteMovieId)
  return observation
}
