import { type Art, credits, dice, ground, group, native, path, rect, stack, stroke, times, W } from '../draw.ts'

/** The junction from above: no gap anywhere except for the words on the road. */
export const draw: Art = (film) => {
  const [road, white, yellow] = ['#2B2D33', '#F4F1E6', '#F7C531']
  const paint = ['#E84A3A', '#F4F1E6', '#4FA3D8', '#F7C531', '#7FB069', '#C9CDD4', '#F28E4B', '#8E6BBF']
  const next = dice(44)
  const car = (x: number, y: number, turn: number) => {
    const colour = paint[Math.floor(next() * paint.length)]!
    return group(
      [
        rect(-19, -35, 38, 70, colour, { rx: 10 }),
        rect(-14, -16, 28, 13, '#1a1c22', { rx: 3 }),
        rect(-14, 14, 28, 11, '#1a1c22', { rx: 3 }),
        rect(-16, -35, 8, 4, '#FFF3B0'),
        rect(8, -35, 8, 4, '#FFF3B0'),
      ],
      { transform: `translate(${x} ${y}) rotate(${turn})` },
    )
  }
  const auto = (x: number, y: number, turn: number) =>
    group([path('M-13 24V-10Q-13 -28 0 -30Q13 -28 13 -10V24Z', '#2E8B4F'), rect(-12, -12, 24, 32, yellow, { rx: 4 })], {
      transform: `translate(${x} ${y}) rotate(${turn})`,
    })
  const bus = (x: number, y: number, turn: number) =>
    group(
      [
        rect(-25, -84, 50, 168, '#D63B2F', { rx: 8 }),
        rect(-19, -72, 38, 14, '#1a1c22'),
        rect(-17, -44, 34, 34, '#B52D23', { rx: 4 }),
        rect(-17, 10, 34, 34, '#B52D23', { rx: 4 }),
      ],
      { transform: `translate(${x} ${y}) rotate(${turn})` },
    )
  const field = times(13, (row) =>
    times(14, (column) => {
      const [x, y] = [column * 49 - 4 + (row % 2) * 6, row * 78 + 30]
      if (x > 60 && x < 580 && y > 318 && y < 660) return ''
      const wobble = (next() - 0.5) * 14
      const quarter = Math.atan2(y - 490, x - 320) / (Math.PI / 2)
      return next() < 0.16 ? auto(x, y, wobble) : car(x, y, wobble + (Math.round(quarter) % 2 ? 180 : 0))
    }),
  )
  return [
    ground(road),
    field,
    bus(96, 520, 0),
    bus(548, 470, 180),
    bus(300, 96, 90),
    bus(420, 850, -88),
    rect(132, 338, 378, 320, road),
    group([
      stack(
        ['STUCK AT', 'SILK', 'BOARD'],
        { x: 320, y: 362, width: 330, gap: 14, most: 112 },
        { fill: white, anchor: 'middle' },
      ),
    ]),
    stroke('M150 346H490M150 650H490', yellow, 6, { 'stroke-dasharray': '26 18' }),
    rect(0, 868, W, 92, road),
    native(film, 606, 912, { width: 250, most: 26 }, { fill: yellow, anchor: 'end', weight: 700 }),
    credits(film, 34, 908, { fill: white, size: 12.5, width: 300 }),
  ].join('')
}
