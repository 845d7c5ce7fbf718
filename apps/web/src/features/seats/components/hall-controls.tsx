import { clsx } from 'clsx'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { Hall } from '../seat-geometry.ts'
import type { SeatsStore } from '../store.ts'
import { Minimap } from './minimap.tsx'
import { type HallView, LARGEST_SCALE } from './use-hall-view.ts'

const zoomButton =
  'grid size-11 place-items-center rounded-control border border-line bg-raised text-text transition-colors duration-150 hover:not-disabled:border-control disabled:opacity-45 [&_svg]:size-5'

/** Zoom and the minimap. They float over a wide hall; a phone's hall is too small for that, so they stand below it. */
export function HallControls({ hall, store, view }: { hall: Hall; store: SeatsStore; view: HallView }) {
  return (
    <div className="flex gap-2 max-sm:mt-2 max-sm:min-h-11 max-sm:items-center sm:absolute sm:right-2 sm:bottom-2 sm:items-end">
      {view.zoomed ? (
        <Minimap hall={hall} store={store} box={view.box} scale={view.scale} onCentre={view.centreOn} />
      ) : (
        view.tooSmallToTap && <p className="text-14 text-muted sm:hidden">Tap the hall to come closer.</p>
      )}
      <div className={clsx('flex gap-1.5 max-sm:ml-auto', view.zoomed ? 'sm:flex-col' : 'flex-col')}>
        {view.zoomed && (
          <button
            type="button"
            className={zoomButton}
            aria-label="Show the whole hall"
            title="Show the whole hall"
            onClick={view.zoomToFit}
          >
            <Maximize aria-hidden="true" />
          </button>
        )}
        <button
          type="button"
          className={zoomButton}
          aria-label="Zoom in"
          title="Zoom in"
          onClick={view.zoomIn}
          disabled={view.scale >= LARGEST_SCALE * 0.995}
        >
          <Plus aria-hidden="true" />
        </button>
        {view.zoomed && (
          <button type="button" className={zoomButton} aria-label="Zoom out" title="Zoom out" onClick={view.zoomOut}>
            <Minus aria-hidden="true" />
          </button>
        )}
      </div>
    </div>
  )
}
