import { type Art, circle, credits, ground, line, native, round, stroke } from '../draw.ts'

/** A kolam that its maker has begun to forget. */
export const draw: Art = (film) => {
  const [oxide, rice, dim] = ['#7A1E2C', '#FBEFE0', '#B5606A']
  const [cx, cy, pitch, reach] = [320, 340, 69, 4]
  const dots: [number, number][] = []
  for (let i = -reach; i <= reach; i++)
    for (let j = -reach; j <= reach; j++) if (Math.abs(i) + Math.abs(j) <= reach) dots.push([i, j])
  const forgotten = ([i, j]: [number, number]) => i + j * 0.8 > 2
  const strand = (k: number, axis: 1 | -1) => {
    const n = reach - Math.abs(k)
    const points: string[] = []
    for (let t = -n - 0.5; t <= n + 0.5001; t += 0.05) {
      const swing = Math.sin((t + n) * Math.PI + Math.PI / 2) * 0.46 * (axis === 1 ? 1 : -1)
      const [u, v] = axis === 1 ? [t, k + swing] : [k + swing, t]
      points.push(`${round(cx + u * pitch)} ${round(cy + v * pitch)}`)
    }
    return points
  }
  const kept: string[] = []
  for (let k = -reach; k <= reach; k++) {
    for (const axis of [1, -1] as const) {
      const both = [strand(k, axis), strand(k, axis).map((p) => p)]
      const mirrored = both[1]!.map((p) => {
        const [x, y] = p.split(' ').map(Number) as [number, number]
        return axis === 1 ? `${x} ${round(2 * (cy + k * pitch) - y)}` : `${round(2 * (cx + k * pitch) - x)} ${y}`
      })
      for (const points of [both[0]!, mirrored]) {
        let run: string[] = []
        for (const p of [...points, '']) {
          const [x, y] = p.split(' ').map(Number) as [number, number]
          const lost = p === '' || (x - cx) / pitch + ((y - cy) / pitch) * 0.8 > 1.6
          if (!lost) run.push(p)
          else {
            if (run.length > 1) kept.push(stroke(`M${run.join('L')}`, rice, 7))
            run = []
          }
        }
      }
    }
  }
  return [
    ground(oxide),
    circle(cx, cy, 330, '#86283A', { opacity: 0.5 }),
    kept.join(''),
    dots.map(([i, j]) => circle(cx + i * pitch, cy + j * pitch, 7, forgotten([i, j]) ? dim : rice)).join(''),
    line('A THOUSAND', 36, 788, { width: 420, most: 110 }, { fill: rice, weight: 700 }),
    line('DOTS', 36, 874, { width: 240, most: 110 }, { fill: rice, weight: 700 }),

    native(film, 604, 872, { width: 240, most: 30 }, { fill: '#F2B49B', anchor: 'end' }),
    credits(film, 36, 914, { fill: rice, size: 13 }),
  ].join('')
}
