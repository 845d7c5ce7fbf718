import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { type Hall, SEAT } from '../seat-geometry.ts'
import type { SeatsStore } from '../store.ts'
import { useMediaQuery } from './use-media-query.ts'

interface MinimapProps {
  hall: Hall
  store: SeatsStore
  box: RefObject<HTMLElement | null>
  scale: number
  onCentre: (at: { x: number; y: number }) => void
}

/** Beside the buttons of a phone 320 px wide there is room for this; above them, for the other. */
const ON_PHONE = { width: 128, height: 72 }
const ELSEWHERE = { width: 132, height: 104 }

/** Where in the hall one is looking; a touch goes there. Keyboards and screen readers do not need it. */
export function Minimap({ hall, store, box, scale, onCentre }: MinimapProps) {
  const looks = useStore(store, (state) => state.looks)
  const frame = useRef<SVGRectElement>(null)
  const most = useMediaQuery('(width < 40rem)') ? ON_PHONE : ELSEWHERE
  const ratio = Math.min(most.width / hall.width, most.height / hall.height)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const follow = () => {
      const rect = frame.current
      if (!rect) return
      rect.setAttribute('x', String(Math.max(0, element.scrollLeft / scale)))
      rect.setAttribute('y', String(Math.max(0, element.scrollTop / scale)))
      rect.setAttribute('width', String(Math.min(hall.width, element.clientWidth / scale)))
      rect.setAttribute('height', String(Math.min(hall.height, element.clientHeight / scale)))
    }
    follow()
    element.addEventListener('scroll', follow, { passive: true })
    return () => element.removeEventListener('scroll', follow)
  }, [box, scale, hall])

  const go = (event: PointerEvent<SVGSVGElement>) => {
    const edges = event.currentTarget.getBoundingClientRect()
    onCentre({ x: (event.clientX - edges.left) / ratio, y: (event.clientY - edges.top) / ratio })
  }

  return (
    <svg
      aria-hidden="true"
      width={hall.width * ratio}
      height={hall.height * ratio}
      viewBox={`0 0 ${hall.width} ${hall.height}`}
      className="shrink-0 touch-none rounded-control border border-line bg-ground/95"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={(event) => {
        if (event.buttons > 0) go(event)
      }}
    >
      <path
        d={`M${hall.width * 0.2} 40Q${hall.width / 2} 10 ${hall.width * 0.8} 40`}
        className="fill-none stroke-marquee-text"
        strokeWidth={10}
      />
      <path d={blocks(hall, looks, 'sbh')} className="fill-line" />
      <path d={blocks(hall, looks, 'f')} className="fill-control" />
      <path d={blocks(hall, looks, 'y')} className="fill-marquee" />
      <rect ref={frame} className="fill-none stroke-text" strokeWidth={2.5 / ratio} rx={14} />
    </svg>
  )
}

function blocks(hall: Hall, looks: string, letters: string): string {
  let path = ''
  for (const seat of hall.seats) {
    if (letters.includes(looks[seat.index] ?? 'b')) path += `M${seat.x} ${seat.y}h${SEAT}v28h-${SEAT}z`
  }
  return path
}
