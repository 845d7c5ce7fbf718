import { clsx } from 'clsx'
import { useState } from 'react'

interface PosterProps {
  title: string
  nativeTitle?: string | null
  /** Base name of the files under /posters; null draws the title. */
  poster: string | null
  colour: string
  /** As in an `img`: how wide it is drawn, so that the right file is fetched. */
  sizes: string
  /** The largest thing on the first screen: fetched before everything else. */
  priority?: boolean
  /** Empty (the default) where the title stands beside it. */
  alt?: string
  className?: string
}

const WIDTHS = [160, 320, 640] as const

function srcSet(poster: string, type: 'avif' | 'webp'): string {
  return WIDTHS.map((width) => `/posters/${poster}-${width}.${type} ${width}w`).join(', ')
}

/** Black or white, whichever reads better: on any paper one of the two has 4.5 to 1. */
function inkOn(colour: string): string {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (!match) return '#ffffff'
  const [r, g, b] = match.slice(1).map((hex) => {
    const value = Number.parseInt(hex, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#000000' : '#ffffff'
}

/** The longest word decides how large a title may be drawn: a word is never broken. In hundredths of the poster's width. */
function titleSize(title: string): number {
  const longest = Math.max(...title.split(/\s+/).map((word) => word.length))
  return Math.max(5, Math.min(14, 120 / longest))
}

/** Two by three, its colour there before its picture, so that nothing moves. */
export function Poster({
  title,
  nativeTitle,
  poster,
  colour,
  sizes,
  priority = false,
  alt = '',
  className,
}: PosterProps) {
  const [missing, setMissing] = useState(false)
  const drawn = poster === null || missing
  return (
    <div
      className={clsx('@container relative aspect-2/3 w-full overflow-hidden rounded-poster', className)}
      style={{ backgroundColor: colour || '#2b1b2e' }}
    >
      {drawn && alt !== '' && <span className="sr-only">{alt}</span>}
      {drawn ? (
        <div
          aria-hidden="true"
          className="absolute inset-0 flex flex-col justify-end gap-[3cqw] p-[9cqw]"
          style={{ color: inkOn(colour) }}
        >
          <span
            className="font-display font-extrabold uppercase leading-[0.95] tracking-tight"
            style={{ fontSize: `${titleSize(title)}cqw` }}
          >
            {title}
          </span>
          {nativeTitle && <span className="text-[clamp(0.5rem,7cqw,1.4rem)]">{nativeTitle}</span>}
          <span className="mt-[2cqw] h-[0.9cqw] w-1/3 bg-current opacity-60" />
        </div>
      ) : (
        <picture>
          <source type="image/avif" srcSet={srcSet(poster, 'avif')} sizes={sizes} />
          <img
            src={`/posters/${poster}-320.webp`}
            srcSet={srcSet(poster, 'webp')}
            sizes={sizes}
            width={320}
            height={480}
            alt={alt}
            loading={priority ? 'eager' : 'lazy'}
            fetchPriority={priority ? 'high' : 'auto'}
            decoding="async"
            onError={() => setMissing(true)}
            className="absolute inset-0 size-full object-cover"
          />
        </picture>
      )}
    </div>
  )
}
