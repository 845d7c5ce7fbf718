import { Play } from 'lucide-react'
import { useState } from 'react'
import { trailerSource } from '../trailer-source.ts'

interface TrailerProps {
  url: string | null
  title: string
  colour: string
}

/** Nothing is asked of the video site before somebody wants to watch. */
export function Trailer({ url, title, colour }: TrailerProps) {
  const [playing, setPlaying] = useState(false)
  const source = trailerSource(url)
  if (!source) return null
  if (source.kind === 'link') {
    return (
      <a
        href={source.href}
        target="_blank"
        rel="noreferrer"
        className="inline-flex min-h-11 items-center gap-2 font-medium text-marquee-text underline underline-offset-4"
      >
        <Play aria-hidden="true" className="size-4.5" /> Watch the trailer on {new URL(source.href).hostname}
      </a>
    )
  }
  return (
    <div
      className="relative aspect-video w-full max-w-3xl overflow-hidden rounded-card"
      style={{ backgroundColor: colour }}
    >
      {!playing && (
        <button
          type="button"
          onClick={() => setPlaying(true)}
          className="group absolute inset-0 flex items-end gap-4 bg-linear-to-t from-black/75 to-black/25 p-5 text-left text-white -outline-offset-4 sm:p-7"
        >
          <span className="grid size-14 shrink-0 place-items-center rounded-full bg-marquee text-ink transition-transform duration-150 group-hover:scale-105">
            <Play aria-hidden="true" className="size-6 translate-x-0.5 fill-current" />
          </span>
          <span className="min-w-0 pb-1">
            <span className="block font-bold font-display text-20">Watch the trailer</span>
            <span className="block text-14 opacity-85">{title}</span>
          </span>
        </button>
      )}
      {playing && (
        <iframe
          src={source.src}
          title={`Trailer of ${title}`}
          allow="autoplay; encrypted-media; fullscreen; picture-in-picture"
          allowFullScreen
          className="absolute inset-0 size-full border-0"
        />
      )}
    </div>
  )
}
