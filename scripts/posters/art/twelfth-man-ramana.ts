import { type Art, circle, clip, credits, ellipse, ground, line, native, rect, stroke, times, W } from '../draw.ts'

/** A field plan: eleven on the grass, one beyond the rope with the drinks. */
export const draw: Art = (film) => {
  const [grass, mown, white, sun, night] = ['#1F7A4C', '#2A8B59', '#F7F4E6', '#FFC93C', '#0E2A22']
  const field: [number, number][] = [
    [320, 250],
    [352, 232],
    [250, 190],
    [450, 210],
    [470, 330],
    [180, 330],
    [230, 470],
    [410, 480],
    [120, 230],
    [520, 420],
    [320, 560],
  ]
  return [
    ground(grass),
    clip(
      ellipse(320, 360, 280, 322, '#fff'),
      times(9, (i) => rect(40 + i * 64, 30, 32, 670, mown)),
    ),
    ellipse(320, 360, 280, 322, 'none', {
      stroke: white,
      'stroke-width': 5,
      'stroke-dasharray': '2 13',
      'stroke-linecap': 'round',
    }),
    ellipse(320, 350, 150, 190, 'none', { stroke: white, 'stroke-width': 2, opacity: 0.5 }),
    rect(298, 272, 44, 170, '#D9C48F'),
    rect(302, 288, 36, 3, white),
    rect(302, 424, 36, 3, white),
    field.map(([x, y]) => circle(x, y, 12, white)).join(''),
    stroke('M560 640Q470 690 412 600', sun, 4, { 'stroke-dasharray': '1 12' }),
    circle(582, 652, 26, sun),
    line('12', 582, 663, 30, { fill: night, anchor: 'middle', stretch: 100 }),
    rect(0, 712, W, 248, night),
    line('TWELFTH MAN', 34, 826, { width: 572 }, { fill: white, spacing: -0.01 }),
    line('RAMANA', 34, 888, 68, { fill: sun, spacing: 0.01 }),
    native(film, 606, 886, { width: 300, most: 30 }, { fill: white, anchor: 'end' }),
    credits(film, 34, 922, { fill: white, size: 13 }),
  ].join('')
}
