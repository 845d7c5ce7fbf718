import { type Art, circle, credits, ground, line, native, path, polygon, stroke, times } from '../draw.ts'

/** A bull of steel plate, face on, horns out of the frame. */
export const draw: Art = (film) => {
  const [vermilion, black, steel, bone] = ['#D7381E', '#16110F', '#3A332F', '#F5E3C6']
  const half = (side: number) => {
    const p = (points: [number, number][]) => polygon(points.map(([x, y]) => [320 + side * x, y]))
    return [
      path(
        `M${320 + side * 90} 250C${320 + side * 230} 250 ${320 + side * 330} 170 ${320 + side * 270} -20C${320 + side * 430} 120 ${320 + side * 400} 350 ${320 + side * 104} 336Z`,
        bone,
      ),
      path(
        `M${320 + side * 90} 250C${320 + side * 230} 250 ${320 + side * 330} 170 ${320 + side * 270} -20C${320 + side * 350} 170 ${320 + side * 300} 290 ${320 + side * 96} 296Z`,
        '#CDB48C',
      ),
      path(
        p([
          [118, 340],
          [250, 316],
          [224, 392],
          [130, 410],
        ]),
        black,
      ),
      path(
        p([
          [140, 352],
          [216, 340],
          [200, 376],
          [142, 386],
        ]),
        steel,
      ),
      path(
        p([
          [0, 230],
          [112, 250],
          [138, 380],
          [104, 520],
          [84, 620],
          [0, 650],
        ]),
        black,
      ),
      path(
        p([
          [12, 250],
          [98, 266],
          [116, 360],
          [12, 330],
        ]),
        steel,
      ),
      path(
        p([
          [40, 372],
          [112, 384],
          [92, 420],
          [48, 410],
        ]),
        vermilion,
      ),
      path(
        p([
          [12, 350],
          [28, 400],
          [58, 520],
          [12, 540],
        ]),
        steel,
      ),
      path(
        p([
          [0, 560],
          [72, 540],
          [84, 620],
          [0, 650],
        ]),
        '#2A2421',
      ),
      path(
        p([
          [24, 580],
          [56, 572],
          [58, 596],
          [32, 604],
        ]),
        vermilion,
      ),
      circle(320 + side * 84, 284, 6, black),
      circle(320 + side * 100, 344, 6, black),
      circle(320 + side * 24, 272, 6, black),
    ].join('')
  }
  return [
    ground(vermilion),
    times(12, (i) =>
      path(
        polygon([
          [320, 400],
          [320 + Math.cos((i * Math.PI) / 6) * 1200, 400 + Math.sin((i * Math.PI) / 6) * 1200],
          [320 + Math.cos((i * Math.PI) / 6 + 0.24) * 1200, 400 + Math.sin((i * Math.PI) / 6 + 0.24) * 1200],
        ]),
        '#C42E16',
      ),
    ),
    half(-1),
    half(1),
    stroke('M286 634Q320 720 354 634', bone, 11),
    line(
      'IRON BULL',
      320,
      856,
      { width: 600 },
      { fill: black, anchor: 'middle', weight: 800, stretch: 75, spacing: -0.01 },
    ),
    native(film, 34, 690, { width: 216, most: 40 }, { fill: bone, weight: 800 }),
    credits(film, 320, 906, { fill: bone, anchor: 'middle', size: 14 }),
  ].join('')
}
