import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Hall, STEP } from '../seat-geometry.ts'

/** A seat under a thumb is at least 40 px; 44 leaves room for error. */
const TOUCH_SCALE = 44 / STEP
export const LARGEST_SCALE = 64 / STEP
/** In a small hall seats do not grow past 40 px just because there is room. */
const LARGEST_FIT = 40 / STEP
/** To fit the window's height too, seats may shrink to this and no further: the page scrolls then. */
const SMALLEST_FIT_BY_HEIGHT = 30 / STEP
/** Room for the legend below. */
const BELOW_PX = 56
/** Under this a seat is too small to be hit by a thumb: a tap comes nearer first. */
const TAPPABLE_SCALE = 34 / STEP

type Point = { x: number; y: number }

export type HallView = {
  /** The box that scrolls, and the drawing in it. */
  box: RefObject<HTMLDivElement | null>
  stage: RefObject<HTMLDivElement | null>
  scale: number
  fit: number
  zoomed: boolean
  /** Too small to tap a single seat. */
  tooSmallToTap: boolean
  zoomIn(): void
  zoomOut(): void
  zoomToFit(): void
  /** @param at where on the screen */
  comeNearer(at: Point): void
  /** Brings a part of the hall, in drawing units, into the middle. */
  centreOn(at: Point): void
}

/** Zoom of the hall inside a box that scrolls by itself: panning, inertia and focus come from the browser. */
export function useHallView(hall: Hall): HallView {
  const box = useRef<HTMLDivElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const [fit, setFit] = useState(0)
  const [zoom, setZoom] = useState<number | null>(null)
  const scale = zoom === null ? fit : Math.max(zoom, fit)
  const current = useRef({ scale, fit })
  useLayoutEffect(() => {
    current.current = { scale, fit }
  }, [scale, fit])
  const anchor = useRef<{ hall: Point; at: Point; from: number; glide: boolean } | null>(null)

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      const top = element.getBoundingClientRect().top + window.scrollY
      const byHeight = Math.max(SMALLEST_FIT_BY_HEIGHT, (window.innerHeight - top - BELOW_PX) / hall.height)
      setFit(Math.min(LARGEST_FIT, element.clientWidth / hall.width, byHeight))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [hall])

  /** The hall is centred while it is smaller than its box. */
  const inset = useCallback(
    (at: number): Point => {
      const element = box.current
      if (!element) return { x: 0, y: 0 }
      return {
        x: Math.max(0, (element.clientWidth - hall.width * at) / 2),
        y: Math.max(0, (element.clientHeight - hall.height * at) / 2),
      }
    },
    [hall],
  )

  /** The point of the hall under a point of the screen. */
  const under = useCallback(
    (at: Point): Point => {
      const element = box.current
      if (!element) return { x: 0, y: 0 }
      const { scale: now } = current.current
      const edges = element.getBoundingClientRect()
      const offset = inset(now)
      return {
        x: (element.scrollLeft + at.x - edges.left - offset.x) / now,
        y: (element.scrollTop + at.y - edges.top - offset.y) / now,
      }
    },
    [inset],
  )

  const zoomTo = useCallback(
    (next: number, at?: Point, point?: Point, glide = true) => {
      const element = box.current
      if (!element) return
      const edges = element.getBoundingClientRect()
      const where = at ?? { x: edges.left + element.clientWidth / 2, y: edges.top + element.clientHeight / 2 }
      const { scale: from, fit: least } = current.current
      const target = Math.min(LARGEST_SCALE, Math.max(least, next))
      anchor.current = { hall: point ?? under(where), at: where, from, glide }
      setZoom(target <= least * 1.02 ? null : target)
    },
    [under],
  )

  useLayoutEffect(() => {
    const element = box.current
    const held = anchor.current
    anchor.current = null
    if (!element || !held) return
    const edges = element.getBoundingClientRect()
    const offset = inset(scale)
    element.scrollLeft = held.hall.x * scale + offset.x - (held.at.x - edges.left)
    element.scrollTop = held.hall.y * scale + offset.y - (held.at.y - edges.top)
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    if (!held.glide || still || !stage.current || held.from === scale) return
    stage.current.style.transformOrigin = `${held.hall.x * scale}px ${held.hall.y * scale}px`
    stage.current.animate([{ transform: `scale(${held.from / scale})` }, { transform: 'none' }], {
      duration: 180,
      easing: 'cubic-bezier(0.2, 0.7, 0.3, 1)',
    })
  }, [scale, inset])

  usePinch(box, stage, current, under, zoomTo)

  const centreOn = useCallback((at: Point) => {
    const element = box.current
    if (!element) return
    const { scale: now } = current.current
    element.scrollLeft = at.x * now - element.clientWidth / 2
    element.scrollTop = at.y * now - element.clientHeight / 2
  }, [])

  return {
    box,
    stage,
    scale,
    fit,
    zoomed: zoom !== null && scale > fit,
    tooSmallToTap: scale < TAPPABLE_SCALE,
    zoomIn: () => zoomTo(Math.max(scale * 1.45, scale < TOUCH_SCALE * 0.8 ? TOUCH_SCALE * 0.8 : 0)),
    zoomOut: () => zoomTo(scale / 1.45),
    zoomToFit: () => zoomTo(fit),
    comeNearer: (at) => zoomTo(TOUCH_SCALE, at),
    centreOn,
  }
}

/** Two fingers: the drawing follows as a picture, and is drawn sharp once they lift. Ctrl and the wheel do the same. */
function usePinch(
  box: RefObject<HTMLElement | null>,
  stage: RefObject<HTMLElement | null>,
  current: RefObject<{ scale: number; fit: number }>,
  under: (at: Point) => Point,
  zoomTo: (next: number, at?: Point, point?: Point, glide?: boolean) => void,
) {
  useEffect(() => {
    const element = box.current
    if (!element) return
    let pinch: { spread: number; point: Point; from: Point; ratio: number; at: Point } | null = null
    const middle = ([one, two]: [Touch, Touch]) => ({
      x: (one.clientX + two.clientX) / 2,
      y: (one.clientY + two.clientY) / 2,
    })
    const spread = ([one, two]: [Touch, Touch]) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY)
    const pair = (event: TouchEvent): [Touch, Touch] | null => {
      const [one, two] = event.touches
      return one && two && event.touches.length === 2 ? [one, two] : null
    }
    const start = (event: TouchEvent) => {
      const touches = pair(event)
      if (!touches) return
      const at = middle(touches)
      pinch = { spread: Math.max(1, spread(touches)), point: under(at), from: at, ratio: 1, at }
    }
    const move = (event: TouchEvent) => {
      const touches = pair(event)
      if (!pinch || !touches || !stage.current) return
      event.preventDefault()
      const { scale, fit } = current.current
      const at = middle(touches)
      const ratio = Math.min(LARGEST_SCALE / scale, Math.max((fit * 0.9) / scale, spread(touches) / pinch.spread))
      pinch = { ...pinch, ratio, at }
      const { style } = stage.current
      style.transformOrigin = `${pinch.point.x * scale}px ${pinch.point.y * scale}px`
      style.transform = `translate(${at.x - pinch.from.x}px, ${at.y - pinch.from.y}px) scale(${ratio})`
    }
    const end = () => {
      if (!pinch) return
      const { ratio, at, point } = pinch
      pinch = null
      if (stage.current) stage.current.style.transform = ''
      zoomTo(current.current.scale * ratio, at, point, false)
    }
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      zoomTo(
        current.current.scale * Math.exp(-event.deltaY / 180),
        { x: event.clientX, y: event.clientY },
        undefined,
        false,
      )
    }
    element.addEventListener('touchstart', start, { passive: true })
    element.addEventListener('touchmove', move, { passive: false })
    element.addEventListener('touchend', end)
    element.addEventListener('touchcancel', end)
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      element.removeEventListener('touchstart', start)
      element.removeEventListener('touchmove', move)
      element.removeEventListener('touchend', end)
      element.removeEventListener('touchcancel', end)
      element.removeEventListener('wheel', wheel)
    }
  }, [box, stage, current, under, zoomTo])
}
