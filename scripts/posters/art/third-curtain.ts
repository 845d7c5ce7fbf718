import {
  type Art,
  circle,
  clip,
  credits,
  ellipse,
  ground,
  line,
  native,
  path,
  rect,
  round,
  stroke,
  times,
  W,
} from '../draw.ts'

/** Three sets of curtains, drawn back on a figure in the light. */
export const draw: Art = (film) => {
  const [dark, red, gold, light] = ['#5A0F1C', '#A31C2E', '#E2A83C', '#FBE3A6']
  const drape = (open: number, top: number, colour: string, fold: string) =>
    [-1, 1]
      .map((side) => {
        const x = (value: number) => round(320 + side * value)
        const folds = times(5, (i) =>
          stroke(
            `M${x(open + 30 + i * 52)} ${top}Q${x(open * 0.5 + 110 + i * 44)} 480 ${x(open + 92 + i * 46)} 960`,
            fold,
            9,
            { opacity: 0.55 },
          ),
        )
        return (
          path(
            `M${x(0)} ${top}Q${x(open * 0.2)} 420 ${x(open + 60)} 640Q${x(open + 18)} 760 ${x(open + 40)} 960H${x(420)}V${top}Z`,
            colour,
          ) +
          clip(
            path(
              `M${x(0)} ${top}Q${x(open * 0.2)} 420 ${x(open + 60)} 640Q${x(open + 18)} 760 ${x(open + 40)} 960H${x(420)}V${top}Z`,
              '#fff',
            ),
            folds,
          )
        )
      })
      .join('')
  return [
    ground(light),
    ellipse(320, 820, 150, 30, '#E9B95A'),
    circle(322, 566, 24, dark),
    circle(350, 552, 14, dark),
    path('M296 604Q322 590 348 604L342 664Q352 690 430 826Q320 856 212 826Q290 690 302 664Z', dark),
    stroke('M302 614Q252 610 254 566Q256 532 288 506', dark, 16),
    stroke('M344 614Q392 632 384 662Q374 684 346 690', dark, 15),
    times(4, (i) => stroke(`M${316 + i * 4} 690L${268 + i * 36} 826`, gold, 2, { opacity: 0.6 })),

    drape(60, 150, gold, '#B97D1F'),
    drape(112, 130, '#C9402F', '#8E2318'),
    drape(168, 100, red, dark),
    rect(0, 0, W, 250, dark),
    times(6, (i) => ellipse(53 + i * 107, 250, 58, 44, dark)),
    times(6, (i) => stroke(`M${i * 107 - 2} 262Q${53 + i * 107} 326 ${108 + i * 107} 262`, gold, 5)),
    line('THIRD', 34, 118, { width: 270 }, { fill: light, spacing: 0 }),
    line('CURTAIN', 34, 226, { width: 390, most: 140 }, { fill: gold }),
    native(film, 606, 92, { width: 220, most: 32 }, { fill: gold, anchor: 'end' }),
    rect(0, 868, W, 92, dark),
    credits(film, 320, 908, { fill: light, anchor: 'middle', size: 14 }),
  ].join('')
}
