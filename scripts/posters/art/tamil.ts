import {
  type Art,
  circle,
  clip,
  credits,
  dice,
  ellipse,
  ground,
  group,
  H,
  line,
  native,
  path,
  polygon,
  rect,
  round,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** Mosaic: a river of broken bangles winding down the sheet. */
const riverOfGlass: Art = (film) => {
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

/** A drowned numeral and a pair of shoes. */
const marina4am: Art = (film) => {
  const [deep, sea, pale, lamp] = ['#0E2233', '#16384C', '#DDE8E4', '#FF9E4A']
  const four = (fill: string) => line('4', 372, 548, 640, { fill, anchor: 'middle', weight: 700, stretch: 100 })
  return [
    ground(deep),
    circle(592, 60, 6, lamp),
    circle(592, 60, 22, lamp, { opacity: 0.18 }),
    clip(rect(0, 0, W, 470, '#fff'), four(pale)),
    rect(0, 470, W, 490, sea),
    times(16, (i) =>
      clip(
        rect(0, 474 + i * 15, W, 15 - i * 0.75, '#fff'),
        group(four(pale), {
          transform: `translate(${round(Math.sin(i * 1.7) * (6 + i * 2.2))} 0) matrix(1 0 0 -0.55 0 728)`,
          opacity: round(0.75 - i * 0.045),
        }),
      ),
    ),
    path('M0 740Q160 716 330 742T640 730V960H0Z', '#C9A877'),
    path('M0 740Q160 716 330 742T640 730V744Q480 764 330 756T0 756Z', pale),
    group(
      [
        path('M0 0q4 -26 22 -26q16 0 20 16l6 30q2 18 -20 18q-22 0 -24 -18Z', '#1b1512'),
        path('M62 0q4 -26 22 -26q16 0 20 16l4 30q2 18 -20 18q-22 0 -24 -18Z', '#1b1512'),
        ellipse(24, -8, 11, 8, '#4a3524'),
        ellipse(85, -8, 11, 8, '#4a3524'),
      ],
      { transform: 'translate(500 800)' },
    ),
    line('MARINA,', 32, 122, { width: 300 }, { fill: pale, spacing: -0.01 }),
    line('a.m.', 554, 452, 42, { fill: lamp, weight: 600, stretch: 88 }),
    native(film, 34, 842, { width: 370, most: 36 }, { fill: deep, weight: 700 }),
    credits(film, 34, 896, { fill: deep, size: 13 }),
  ].join('')
}

/** A kolam that its maker has begun to forget. */
const aThousandDots: Art = (film) => {
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

/** Three sets of curtains, drawn back on a figure in the light. */
const thirdCurtain: Art = (film) => {
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

/** A bull of steel plate, face on, horns out of the frame. */
const ironBull: Art = (film) => {
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

/** A letter with a stamp, and the parrot it does not mention. */
const dearLandlord: Art = (film) => {
  const [paper, ink, green, red, rule] = ['#F3EDE0', '#1F3A6E', '#3DA35D', '#D8432F', '#B9C6DA']
  return [
    ground(paper),
    times(17, (i) => rect(0, 100 + i * 50, W, 2, rule)),
    rect(96, 0, 3, H, '#E7A79B'),
    group(
      [
        rect(-8, -8, 164, 194, '#fff'),
        times(11, (i) => circle(-8 + i * 16.4, -8, 5, paper) + circle(-8 + i * 16.4, 186, 5, paper)),
        times(13, (i) => circle(-8, -8 + i * 16.2, 5, paper) + circle(156, -8 + i * 16.2, 5, paper)),
        rect(8, 8, 132, 162, red),
        path('M30 150V84L74 46L118 84V150Z', paper),
        rect(62, 106, 24, 44, ink),
        rect(42, 92, 16, 18, '#F5C36A'),
        rect(90, 92, 16, 18, ink),
      ],
      { transform: 'translate(446 52) rotate(5)' },
    ),
    stroke('M392 96a74 74 0 1 0 110 90M372 120c40 -14 80 14 120 -2M372 146c40 -14 80 14 120 -2', ink, 4, {
      opacity: 0.6,
    }),
    line('Dear', 118, 392, 176, { fill: ink, weight: 700, stretch: 85, spacing: -0.04 }),
    line('Landlord,', 118, 544, { width: 498 }, { fill: ink, weight: 700, stretch: 80, spacing: -0.04 }),
    line('my wife sends her regards.', 122, 640, { width: 440 }, { fill: ink, weight: 300, stretch: 100 }),
    stroke('M122 652H278', red, 5),
    line('There is no parrot.', 122, 694, { width: 310 }, { fill: ink, weight: 300, stretch: 100 }),
    group(
      [
        path('M0 0C-70 10 -96 90 -60 164C-40 210 -24 240 -20 290L12 292C30 220 70 170 66 96C62 30 40 -4 0 0Z', green),
        path('M-20 290L-34 190L-6 210L12 292Z', '#2A7C46'),
        path('M-60 164C-84 96 -40 52 -10 92C10 130 -8 190 -26 230Z', '#2A7C46'),
        circle(22, 44, 17, paper),
        circle(26, 44, 8, '#111'),
        path('M58 44C98 48 92 96 66 100C70 84 62 70 50 66Z', red),
        stroke('M-40 196q-20 8 -24 22M-4 214q-14 8 -14 20', '#7a4a1a', 6),
      ],
      { transform: 'translate(560 660)' },
    ),
    native(film, 122, 842, { width: 370, most: 36 }, { fill: red, weight: 600 }),
    credits(film, 122, 892, { fill: ink, size: 13, lead: 'Yours,', width: 370 }),
  ].join('')
}

export const TAMIL_ART: Record<string, Art> = {
  'river-of-glass': riverOfGlass,
  'marina-4-am': marina4am,
  'a-thousand-dots': aThousandDots,
  'third-curtain': thirdCurtain,
  'iron-bull': ironBull,
  'dear-landlord': dearLandlord,
}
