import { type Art, circle, credits, ground, line, native, path, polar, polygon, stroke, times } from '../draw.ts'

/** Ornament: a box of silver inlay seen from above, one keyhole of gold. */
export const draw: Art = (film) => {
  const [black, silver, gold, steel] = ['#15171A', '#C9CED3', '#D9A441', '#4A5057']
  const [cx, cy] = [320, 352]
  const octagon = (r: number) => polygon(Array.from({ length: 8 }, (_, i) => polar(cx, cy, r, 22.5 + i * 45)))
  const petal = (r: number, length: number, wide: number, count: number, colour: string, turn = 0) =>
    times(count, (i) =>
      path(`M${cx} ${cy - r}q${wide} ${-length / 2} 0 ${-length}q${-wide} ${length / 2} 0 ${length}Z`, colour, {
        transform: `rotate(${turn + (i * 360) / count} ${cx} ${cy})`,
      }),
    )
  const beads = (r: number, count: number, size: number, colour: string) =>
    times(count, (i) => circle(...polar(cx, cy, r, (i * 360) / count), size, colour))
  return [
    ground(black),
    stroke(octagon(306), silver, 5),
    stroke(octagon(290), steel, 2),
    beads(268, 56, 4, silver),
    petal(196, 56, 20, 24, silver),
    petal(196, 40, 10, 24, black),
    petal(208, 44, 7, 24, steel, 7.5),
    stroke(octagon(196), silver, 4),
    petal(96, 84, 34, 16, silver),
    petal(104, 62, 20, 16, black),
    petal(112, 40, 9, 16, silver),
    petal(120, 60, 8, 16, steel, 11.25),
    circle(cx, cy, 94, silver),
    circle(cx, cy, 84, black),
    beads(74, 36, 2.6, silver),
    circle(cx, cy, 62, gold),
    path(`M${cx} ${cy - 34}a17 17 0 0 1 9 31l9 37h-36l9 -37a17 17 0 0 1 9 -31Z`, black),
    native(film, 320, 706, 36, { fill: gold, anchor: 'middle' }),
    line('THE BIDRI BOX', 320, 822, { width: 556 }, { fill: silver, anchor: 'middle', weight: 700, stretch: 75 }),
    line(
      'SIX LOCKS.   FIVE THIEVES.   ONE OF THEM MADE IT.',
      320,
      858,
      { width: 556 },
      { fill: '#8B939B', anchor: 'middle', weight: 600, stretch: 100, spacing: 0.06 },
    ),
    credits(film, 320, 908, { fill: silver, anchor: 'middle', size: 13 }),
  ].join('')
}
