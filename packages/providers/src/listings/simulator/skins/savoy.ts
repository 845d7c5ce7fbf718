import { escapeHtml, htmlPage, scriptJson } from '../html.ts'
import type { FilmView, Screening, SiteCity, SiteView, Skin } from '../site-types.ts'

const performance = (film: FilmView, s: Screening) => ({
  ID: Number(s.siteId),
  IsSoldOut: s.seatsLeft === 0 ? 'Y' : 'N',
  CC: 'N',
  StartDate: s.localDate,
  StartTime: s.localTime.replace(':', ''),
  StartTimeAndNotes: s.localTime,
  ReadableDate: new Date(`${s.localDate}T12:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }),
  AuditoriumName: s.cinema.name,
  Notes: '',
  URL: `Booking?Booking=TSelectItems.waSelectItemsPrompt.TcsWebMenuItem_0.TcsWebTab_0.TcsPerformance_${s.siteId}.TcsSection_${film.id}`,
  IsOpenForSale: !s.phantom && film.sale !== 'not-open',
})

const event = (view: SiteView, film: FilmView) => ({
  ID: Number(film.id),
  // Text of a page, not plain text.
  Title: escapeHtml(film.title),
  Rating: '<img src="/images/12a.png" alt="BBFC Rating: (12A)"/>',
  Type: 43_997,
  TypeDescription: 'New Release',
  Synopsis: `${film.title}. In ${film.language}; "sold out" at its festival screening }; and back by demand.`,
  RunningTime: 117,
  Year: (film.releaseDate ?? '2090').slice(0, 4),
  URL: `${view.baseUrl}/Lantern.dll/WhatsOn?f=${film.id}`,
  Tags: [{ Format: film.format }],
  // What has begun is no longer listed.
  Performances: film.screenings.filter((s) => s.startsAt > view.at).map((s) => performance(film, s)),
})

function page(view: SiteView, city: SiteCity, films: FilmView[]): string {
  return htmlPage({
    title: `What's On | ${view.siteName} ${city.name}`,
    body: `<header><h1>${escapeHtml(view.siteName)}</h1><p class="venue">${escapeHtml(city.name)}</p></header>
<div id="programme" class="${view.hashed('programme')}"></div>
<script>
var Settings = {"Build":${view.build},"ShowPast":false};
var Events =
${scriptJson({ Events: films.map((film) => event(view, film)) })}
;
var Sections = [{"ID":1,"Name":"Now Showing"}];
</script>
<script src="/Lantern.dll/programme.js?v=${view.build}"></script>`,
  })
}

/** A box-office system's programme: all films of a house in one page. */
export const savoy: Skin = {
  home: (view) =>
    htmlPage({
      title: view.siteName,
      body: `<h1>${escapeHtml(view.siteName)}</h1><a href="/Lantern.dll/WhatsOn">What's on</a>`,
    }),
  route(view, { path, query }) {
    if (!path.endsWith('/WhatsOn')) return { kind: 'missing' }
    const city = view.city(query.get('city')) ?? view.cities[0]!
    const all = [...view.films(city, 'running'), ...view.films(city, 'upcoming')]
    const wanted = query.get('f')
    const films = wanted ? all.filter((film) => film.id === wanted) : all
    return { kind: 'page', type: 'html', model: [view.build, films], render: () => page(view, city, films) }
  },
}
