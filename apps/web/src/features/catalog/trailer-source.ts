export type TrailerSource = { kind: 'frame'; src: string } | { kind: 'link'; href: string }

const VIDEO_ID = /^[\w-]{6,20}$/

function youtubeId(url: URL): string | null {
  const host = url.hostname.replace(/^(www|m)\./, '')
  if (host === 'youtu.be') return url.pathname.slice(1)
  if (host !== 'youtube.com' && host !== 'youtube-nocookie.com') return null
  if (url.pathname === '/watch') return url.searchParams.get('v')
  return /^\/(?:embed|shorts|v)\/([^/]+)/.exec(url.pathname)?.[1] ?? null
}

/** How a trailer can be shown. The content policy knows one player; anything else is a link, never a frame of somebody's page. */
export function trailerSource(raw: string | null): TrailerSource | null {
  if (!raw) return null
  let url: URL
  try {
    url = new URL(raw)
  } catch {
    return null
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  const id = youtubeId(url)
  if (id && VIDEO_ID.test(id)) {
    return { kind: 'frame', src: `https://www.youtube-nocookie.com/embed/${id}?autoplay=1&rel=0` }
  }
  return { kind: 'link', href: url.href }
}
