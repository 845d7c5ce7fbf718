import { escapeHtml, htmlPage, scriptJson } from '../html.ts'
import type { FilmView, SiteCity, SiteView, Skin } from '../site-types.ts'

const filmPath = (film: FilmView) => `/${film.city.slug}/movie/${film.id}`

const frame = (view: SiteView, title: string, path: string, content: string) =>
  htmlPage({
    lang: 'he',
    dir: 'rtl',
    title: `${title} | ${view.siteName}`,
    head: `<script type="application/ld+json">${scriptJson({ '@context': 'https://schema.org', '@type': 'WebPage', name: title, url: `${view.baseUrl}${path}`, inLanguage: 'he-IL' })}</script>`,
    body: `<header><a href="/">${escapeHtml(view.siteName)}</a></header><main>${content}</main><footer>כל הזכויות שמורות</footer>`,
  })

const film = (view: SiteView, shown: FilmView) =>
  frame(
    view,
    shown.title,
    filmPath(shown),
    `<h1><bdi>${escapeHtml(shown.title)}</bdi></h1>
${
  shown.openDates.length > 0
    ? `<h2>מועדי הקרנה</h2><ul>${shown.screenings
        .filter((s) => !s.phantom)
        .map(
          (s) =>
            `<li>${s.localDate} ${s.localTime} <a href="https://tickets.invalid/order?e=${s.siteId}" rel="external">הזמנת כרטיסים</a></li>`,
        )
        .join('')}</ul>`
    : '<p>בקרוב</p>'
}`,
  )

const list = (view: SiteView, city: SiteCity, films: FilmView[]) =>
  frame(
    view,
    city.name,
    `/${city.slug}`,
    `<h1><bdi>${escapeHtml(city.name)}</bdi></h1><ul>${films.map((f) => `<li><a href="${filmPath(f)}"><bdi>${escapeHtml(f.title)}</bdi></a></li>`).join('')}</ul>`,
  )

/** Pages for people in a script read from right to left; tickets are sold on another host. Nothing here can be proved. */
export const plainRtl: Skin = {
  home: (view) =>
    frame(
      view,
      view.siteName,
      '/',
      `<ul>${view.cities.map((c) => `<li><a href="/${c.slug}">${escapeHtml(c.name)}</a></li>`).join('')}</ul>`,
    ),
  route(view, { path }) {
    const named = /^\/([a-z-]+)\/(?:movie|film)\/(?:[a-z0-9-]*-)?(\d+)$/.exec(path)
    if (named) {
      const city = view.city(named[1])
      const shown = city && view.film(named[2]!, city)
      if (!shown || shown.sale === 'removed') return { kind: 'missing' }
      return { kind: 'page', type: 'html', model: [view.build, shown], render: () => film(view, shown) }
    }
    const city = view.city(/^\/([a-z-]+?)(?:\/films)?$/.exec(path)?.[1])
    if (!city) return { kind: 'missing' }
    const films = [...view.films(city, 'running'), ...view.films(city, 'upcoming')]
    return { kind: 'page', type: 'html', model: [view.build, films], render: () => list(view, city, films) }
  },
}
