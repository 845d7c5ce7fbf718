import { type Art, credits, dice, ground, line, native, path, polar, rect, stack, stroke } from '../draw.ts'

/** A tree that grows out of a ballot box. */
export const draw: Art = (film) => {
  const [cream, green, dark, orange] = ['#EFE4C8', '#3E8E4E', '#17412B', '#EE7B30']
  const next = dice(31)
  const leaf = (x: number, y: number, turn: number, size: number, colour: string) =>
    path(
      `M0 0C${size * 0.5} ${-size * 0.5} ${size * 0.5} ${-size * 1.3} 0 ${-size * 1.9}C${-size * 0.5} ${-size * 1.3} ${-size * 0.5} ${-size * 0.5} 0 0Z`,
      colour,
      { transform: `translate(${x} ${y}) rotate(${turn})` },
    )
  const leaves = Array.from({ length: 210 }, (_, i) => {
    const [angle, r] = [i * 137.5, 14 * Math.sqrt(i)]
    const [x, y] = polar(320, 330, r * 1.12, angle)
    return leaf(
      x,
      y,
      angle + 90 + next() * 40 - 20,
      20 + next() * 8,
      i === 117 ? orange : [green, dark, '#69AE5B'][Math.floor(next() * 3)]!,
    )
  })
  return [
    ground(cream),
    stroke('M320 660V390M320 540L220 420M320 500L430 390M320 450L290 350', dark, 26),
    leaves.join(''),
    path('M146 640H494L560 700H80Z', '#D9622B'),
    rect(270, 658, 100, 14, dark),
    rect(304, 600, 32, 66, dark),
    rect(80, 700, 480, 190, orange),
    rect(80, 700, 480, 10, dark, { opacity: 0.2 }),
    stack(
      ['NEEM TREE', 'REPUBLIC'],
      { x: 320, y: 724, width: 384, gap: 12, from: 'top', most: 96 },
      { fill: cream, anchor: 'middle' },
    ),
    native(film, 38, 60, 34, { fill: dark, weight: 700 }),
    line('POPULATION 31. VOTERS 32.', 602, 58, 17, {
      fill: dark,
      anchor: 'end',
      weight: 650,
      stretch: 100,
      spacing: 0.05,
    }),
    credits(film, 320, 920, { fill: dark, anchor: 'middle', size: 13 }),
  ].join('')
}
