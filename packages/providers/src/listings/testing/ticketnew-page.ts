/** A film's page as the ticketnew family drew it in markup. Film, cinemas and days are invented. */
export type TicketnewPage = {
  id: string
  title: string
  slug: string
  city: string
  citySlug: string
  showlisting: boolean
  days: string[]
  shownDay: string
  houses: { id: number; name: string; times: TicketnewTime[] }[]
  /** Words on a page without shows. */
  soon: string
  canonical: boolean
  body: string
}
export type TicketnewTime = { at: string; session: string | null; grey?: boolean }

const time = ({ at, session, grey }: TicketnewTime, house: number, frmtid: string) =>
  session && !grey
    ? `<a class="Sessions_time__d8KqP" href="/movies/seat-layout/${frmtid}?encsessionid=${house}-${session}-kx90ab">${at}<span style="display:none">Sold out</span></a>`
    : `<div class="Sessions_timeblock__d8KqP${grey ? ' Sessions_greyCol__pp0Za' : ''}">${at}</div>`

export function ticketnewHtml(page: TicketnewPage): string {
  const path = `/movies/${page.slug}-movie-detail-${page.id}?frmtid=a7q2`
  const days = page.days.map(
    (day) =>
      `<a class="Dates_day__x1Yz2${day === page.shownDay ? ' Dates_selected__q9Wer' : ''}" href="${path}&amp;fromdate=${day}">${day.slice(8)}</a>`,
  )
  const houses = page.houses.map(
    (
      house,
    ) => `<li><div class="theater-name"><a href="/movies/${page.citySlug}/house-${house.id}-c/${house.id}">${house.name}</a></div>
${house.times.map((one) => time(one, house.id, 'a7q2')).join(' ')}</li>`,
  )
  const canonical = `<link rel="canonical" href="https://tickets.example/movies/${page.slug}-movie-detail-${page.id}">`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${page.title} Movie Tickets in ${page.city} | Tickets</title>
${page.canonical ? canonical : ''}</head>
<body><header><a href="/movies/${page.citySlug}">Movies in ${page.city}</a></header><main><h1>${page.title}</h1>
<nav class="Tabs_bar__h3Jkl">${page.showlisting ? `<a href="${path}&amp;fromdate=${page.shownDay}#shows">Showlisting</a>` : ''}<a href="#about">About</a></nav>
${page.soon ? `<p>${page.soon}</p>` : ''}${days.join('')}<ul>${houses.join('')}</ul>${page.body}
<section id="about"><p>A film about light.</p></section></main><footer><p>Cinemas near you.</p></footer></body></html>
`
}

/** The generation before it: sessions in attributes, the town in the address. */
export const oldTicketnewHtml = (page: TicketnewPage, left = 12) => `<!doctype html><html><head>
<title>${page.title} Tickets Online in ${page.city}</title>
<link rel="canonical" href="https://tickets.example/${page.slug}-Movie-Tickets-Online-Show-Timings/Online-Advance-Booking/${page.id}/C/${page.city}"></head>
<body><div class="movie-details tn-entity-details"><h2>${page.title}</h2></div>
${page.houses
  .map(
    (
      house,
    ) => `<div class="tn-entity tn-entity-and-timing-details"><div class="tn-entity-details"><h5>${house.name}</h5></div>
<div class="tn-timing-details"><ul>${house.times
      .map(
        (one) =>
          `<li><a href="#" data-event="${one.session}" data-venue="${house.id}" data-venuen="${house.name}" data-date="${page.shownDay}" data-tkts='[{"Name":"First","Rate":120,"Total":300,"Avail":${left}}]'>${one.at}</a></li>`,
      )
      .join('')}</ul></div></div>`,
  )
  .join('\n')}<div>${page.body}</div></body></html>`
