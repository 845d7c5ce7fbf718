import { type Art, credits, ground, path, polygon, rect, stack, stroke, W } from '../draw.ts'

/** A gallery at night; the picture is only light, and she is leaving with it. */
export const draw: Art = (film) => {
  const [dark, wall, light, glow, floor] = ['#0B0A09', '#46403A', '#FFF6DC', '#F2C14B', '#211E1B']
  return [
    ground(wall),
    rect(0, 0, W, 640, wall),
    path('M0 640H640V960H0Z', floor),
    path('M126 470L-200 960H840L514 470Z', glow, { opacity: 0.14 }),
    path('M126 640L20 960H620L514 640Z', glow, { opacity: 0.5 }),
    rect(110, 92, 420, 400, dark),
    rect(126, 108, 388, 368, light),
    stack(['THE', 'LIGHT', 'THIEF'], { x: 150, y: 136, width: 210, gap: 14, most: 118 }, { fill: dark, weight: 800 }),
    path(
      'M432 306C470 300 490 336 484 380L490 396C516 404 524 436 528 480L560 770Q480 800 388 770L404 480C400 436 408 408 440 398C410 380 396 318 432 306Z',
      dark,
    ),
    path('M424 780L414 884H446L462 786ZM486 786L506 884H540L522 780Z', dark),
    path('M404 330C410 280 480 272 494 324C502 358 500 392 494 404L404 404C394 380 396 352 404 330Z', dark),
    stroke('M442 480L430 760M498 500L520 760', '#2b2622', 4),
    path('M508 420L574 548L546 566L496 480Z', dark),
    path(
      polygon([
        [522, 540],
        [612, 520],
        [622, 640],
        [532, 656],
      ]),
      light,
    ),
    path(
      polygon([
        [522, 540],
        [612, 520],
        [622, 640],
        [532, 656],
      ]),
      'none',
      { stroke: glow, 'stroke-width': 5 },
    ),
    path('M410 884L300 960H600L540 884Z', dark, { opacity: 0.75 }),
    rect(126, 516, 70, 6, glow, { opacity: 0.8 }),
    rect(126, 530, 40, 4, light, { opacity: 0.5 }),
    credits(film, 34, 912, { fill: light, size: 13 }),
  ].join('')
}
