import {
  type Art,
  circle,
  clip,
  credits,
  dice,
  ground,
  H,
  line,
  path,
  polygon,
  rect,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** Contours, with the inch that was left out. */
export const draw: Art = (film) => {
  const [parchment, brown, red, ink, river] = ['#E7D8B4', '#9A6B3A', '#C4341F', '#2B1E12', '#4F8FA8']
  const peak = (cx: number, cy: number, size: number, seed: number, rings: number) => {
    const next = dice(seed)
    const waves = Array.from({ length: 4 }, (_, k) => [0.05 + (next() * 0.13) / (k + 1), next() * 6.28] as const)
    return times(rings, (ring) => {
      const r = size * ((ring + 1) / rings)
      const points = Array.from({ length: 90 }, (_, i) => {
        const angle = (i / 90) * Math.PI * 2
        const bend = waves.reduce(
          (sum, [amount, phase], k) => sum + amount * Math.sin((k + 2) * angle + phase + ring * 0.06),
          1,
        )
        return [cx + Math.cos(angle) * r * bend * 1.15, cy + Math.sin(angle) * r * bend] as [number, number]
      })
      return stroke(polygon(points), brown, ring % 4 === 3 ? 3.2 : 1.5, { opacity: 0.85 })
    })
  }
  return [
    ground(parchment),
    peak(120, 180, 470, 5, 22),
    clip(path('M300 960V520L640 340V960Z', '#fff'), rect(0, 0, W, H, parchment) + peak(560, 800, 440, 12, 20)),
    stroke('M660 300Q560 360 500 350T360 440T250 480T140 620T-20 680', river, 9),
    times(
      7,
      (i) => rect(0, i * 160, W, 1.4, ink, { opacity: 0.28 }) + rect(i * 160, 0, 1.4, H, ink, { opacity: 0.28 }),
    ),
    stroke('M590 930Q560 820 470 780T400 640', red, 6, { 'stroke-dasharray': '1 14' }),
    rect(136, 296, 368, 348, '#FBF4E0'),
    rect(136, 296, 368, 348, 'none', { stroke: ink, 'stroke-width': 3 }),
    stack(
      ['WHAT', 'THE MAP', 'LEFT OUT'],
      { x: 166, y: 330, width: 308, gap: 14, most: 122 },
      { fill: ink, weight: 800 },
    ),
    circle(402, 644, 11, red),
    path('M80 90L94 150L80 138L66 150Z', ink),
    line('N', 80, 80, 26, { fill: ink, anchor: 'middle', weight: 700, stretch: 100 }),
    rect(0, 872, W, 88, ink),
    credits(film, 34, 910, { fill: parchment, size: 14 }),
  ].join('')
}
