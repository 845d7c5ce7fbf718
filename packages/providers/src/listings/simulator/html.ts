export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** JSON that cannot end the script element it stands in. */
export const scriptJson = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

export const htmlPage = (page: { title: string; head?: string; body: string; lang?: string; dir?: string }) =>
  `<!DOCTYPE html>
<html lang="${page.lang ?? 'en'}"${page.dir ? ` dir="${page.dir}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
${page.head ?? ''}
</head>
<body>
${page.body}
</body>
</html>
`

/** A page about another film whose tickets are on sale, as a "more from us" box carries it. */
export const foreignFilm = (baseUrl: string, day: string) =>
  `<script type="application/ld+json">${scriptJson({
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'Movie', '@id': `${baseUrl}/film/999001`, name: 'The Other Picture', url: `${baseUrl}/film/999001` },
      {
        '@type': 'ScreeningEvent',
        '@id': `${baseUrl}/screening/99900101`,
        name: 'The Other Picture',
        startDate: `${day}T19:00:00+00:00`,
        eventStatus: 'https://schema.org/EventScheduled',
        workPresented: { '@id': `${baseUrl}/film/999001` },
        location: { '@type': 'MovieTheater', name: 'Another House' },
        offers: {
          '@type': 'Offer',
          availability: 'https://schema.org/InStock',
          url: `${baseUrl}/book/99900101`,
          price: '250',
          priceCurrency: 'INR',
        },
      },
    ],
  })}</script>`
