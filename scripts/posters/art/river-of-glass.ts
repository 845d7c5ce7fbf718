import {
  type Art,
  credits,
  dice,
  ground,
  group,
  native,
  path,
  polygon,
  rect,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** Mosaic: a river of broken bangles winding down the sheet. */
export const draw: Art = (film) => {
  const next = dice(64)
  const tones = ['#8FE3D4', '#3FB8B0', '#F2C56B', '#E5EFE0', '#1F8A8C', '#5ED0C4', '#E2725B']
  const centre = (y: number) => 360 + Math.sin(y / 150) * 130 + y * 0.02
  const shards = times(26, (row) =>
    times(7, (column) => {
      const y = row * 38 - 20
      const half = 46 + y * 0.13
      const at = (c: number, dy: number): [number, number] => [
        centre(y + dy) + (c / 7 - 0.5) * 2 * half + (next() - 0.5) * 9,
        y + dy + (next() - 0.5) * 9,
      ]
      const [a, b, c, d] = [at(column, 0), at(column + 1, 0), at(column + 1, 38), at(column, 38)]
      const pick = () => tones[Math.floor(next() ** 1.4 * tones.length)]!
      return next() < 0.5
        ? path(polygon([a, b, c]), pick()) + path(polygon([a, c, d]), pick())
        : path(polygon([a, b, d]), pick()) + path(polygon([b, c, d]), pick())
    }),
  )
  return [
    ground('#12423F'),
    times(9, (i) => stroke(`M0 ${90 + i * 110}Q200 ${60 + i * 110} 640 ${120 + i * 110}`, '#1A524E', 26)),
    group(shards, { stroke: '#12423F', 'stroke-width': 2.5, 'stroke-linejoin': 'round' }),
    rect(0, 804, W, 156, '#0C302E'),
    stack(['RIVER', 'OF', 'GLASS'], { x: 30, y: 40, width: 236, gap: 12, most: 124 }, { fill: '#F6E7B4' }),
    native(film, 32, 852, 40, { fill: '#F2C56B' }),
    credits(film, 32, 904, { fill: '#F6E7B4', size: 14 }),
  ].join('')
}
