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
  path,
  polygon,
  rect,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** An eye or a transmission, torn sideways where it drops out. */
const signalLoss: Art = (film) => {
  const [space, pale, teal, pink] = ['#0C1030', '#E7E3FF', '#5AD1C6', '#FF5C8A']
  const picture = (colour: string) =>
    times(11, (i) => ellipse(320, 268, 330 - i * 29, 190 - i * 16.5, i % 2 ? space : colour)) +
    circle(320, 268, 30, teal) +
    line('SIGNAL', 320, 668, { width: 560 }, { fill: colour, anchor: 'middle', spacing: -0.01 }) +
    line('LOSS', 320, 856, { width: 560 }, { fill: colour, anchor: 'middle', spacing: -0.01, stretch: 100 })
  const slices: [number, number, number][] = [
    [0, 134, 0],
    [134, 22, 46],
    [156, 64, 0],
    [220, 14, -70],
    [234, 62, 0],
    [296, 30, 34],
    [326, 232, 0],
    [558, 20, -26],
    [578, 38, 0],
    [616, 12, 44],
    [628, 118, 0],
    [746, 18, -38],
    [764, 44, 0],
    [808, 12, 30],
    [820, 140, 0],
  ]
  return [
    ground(space),
    slices
      .map(([y, height, shift]) =>
        clip(
          rect(0, y, W, height, '#fff'),
          (shift
            ? group(picture(pink), { transform: `translate(${shift + 10} 0)` }) +
              group(picture(teal), { transform: `translate(${shift - 6} 0)`, opacity: 0.9 })
            : '') + group(picture(pale), { transform: `translate(${shift} 0)` }),
        ),
      )
      .join(''),
    credits(film, 320, 910, { fill: pale, anchor: 'middle', size: 14 }),
  ].join('')
}

/** Contours, with the inch that was left out. */
const whatTheMapLeftOut: Art = (film) => {
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

/** Letters, breakfast and a piano, on their way up. */
const gravityForBeginners: Art = (film) => {
  const [coral, cream, navy, sun, mint] = ['#FF7A59', '#FFF3DC', '#23285C', '#FFD23F', '#5CC9A7']
  const letters: [string, number, number, number, number, string][] = [
    ['G', 40, 250, -14, 200, cream],
    ['R', 196, 190, 10, 190, sun],
    ['A', 330, 268, -6, 210, cream],
    ['V', 470, 226, 14, 190, navy],
    ['I', 92, 420, 16, 190, navy],
    ['T', 206, 452, -10, 200, cream],
    ['Y', 366, 438, 12, 210, navy],
  ]
  const house = (x: number, w: number, h: number, colour: string) =>
    rect(x, 900 - h, w, h, colour) +
    path(`M${x - 8} ${900 - h}L${x + w / 2} ${870 - h - w * 0.3}L${x + w + 8} ${900 - h}Z`, navy) +
    rect(x + w / 2 - 10, 860, 20, 40, navy)
  return [
    ground(coral),
    circle(566, 90, 130, '#FF9478'),
    circle(566, 90, 64, cream),
    circle(548, 76, 8, coral),
    circle(582, 100, 12, coral),
    letters
      .map(([letter, x, y, turn, size, colour]) =>
        line(letter, x, y, size, {
          fill: colour,
          weight: 800,
          stretch: 100,
          transform: `rotate(${turn} ${x + 60} ${y - 60})`,
        }),
      )
      .join(''),
    group(
      [
        path('M0 0H120Q126 30 100 52H150V96H0Z', navy),
        rect(6, 62, 140, 14, cream),
        times(9, (i) => rect(16 + i * 15, 62, 6, 8, navy)),
        rect(8, 96, 9, 30, navy),
        rect(132, 96, 9, 30, navy),
      ],
      { transform: 'translate(462 446) rotate(22)' },
    ),
    group(
      [
        path('M-70 0Q-60 -56 0 -60Q60 -56 70 0Z', mint),
        path('M-44 -2l18 -34h26l18 34ZM26 -4l10 -30', '#3BA284'),
        path('M70 -6Q106 -26 110 0Q106 12 72 6Z', sun),
        circle(96, -8, 4, navy),
        rect(-54, 0, 26, 20, sun, { rx: 8 }),
        rect(26, 0, 26, 20, sun, { rx: 8 }),
      ],
      { transform: 'translate(300 640) rotate(-12) scale(1.25)' },
    ),
    group(
      [
        path('M0 0H64Q62 54 32 56Q2 54 0 0Z', cream),
        stroke('M64 10q28 2 20 22t-26 10', cream, 7),
        ellipse(32, 0, 32, 6, '#8a4a2a'),
      ],
      { transform: 'translate(84 560) rotate(-28)' },
    ),
    group([rect(0, 0, 60, 62, '#C77B3B', { rx: 14 }), rect(7, 8, 46, 46, '#F4CF8A', { rx: 9 })], {
      transform: 'translate(524 636) rotate(18)',
    }),
    circle(150, 690, 13, sun),
    circle(440, 700, 9, cream),
    line(
      'FOR BEGINNERS',
      40,
      790,
      { width: 560, most: 110 },
      { fill: cream, stretch: 90, weight: 800, spacing: -0.01 },
    ),
    house(40, 70, 44, sun),
    house(132, 54, 60, mint),
    house(470, 60, 38, cream),
    house(546, 60, 66, sun),
    rect(0, 898, W, 62, navy),
    circle(330, 858, 12, '#F2B28A'),
    path('M318 900L322 872Q330 866 338 872L342 900Z', '#D8403A'),
    stroke('M322 876L306 852M338 876L354 852', '#F2B28A', 5),
    credits(film, 320, 924, { fill: cream, anchor: 'middle', size: 12, lead: 'Directed by' }),
  ].join('')
}

/** A hotel with its front taken off: eighteen rooms, one dark. */
const roomService: Art = (film) => {
  const [pink, wine, cream, teal, gold, black] = ['#F0B7B0', '#6B1B34', '#FFF2E2', '#2E7F86', '#E7A93B', '#160B10']
  const walls = ['#E58E87', '#F7D7A8', '#8CC3BE', '#D96C6C', '#F3C6B8', '#5FA3A3']
  const bed = rect(12, 66, 62, 14, cream) + rect(12, 54, 18, 16, cream) + rect(10, 44, 5, 40, wine)
  const lamp = rect(96, 50, 4, 34, wine) + path('M84 50L90 28H106L112 50Z', gold)
  const person = (colour: string) => circle(62, 34, 10, colour) + path('M46 84L52 48Q62 42 72 48L78 84Z', colour)
  const furniture = [
    bed + lamp,
    person(wine),
    rect(30, 62, 66, 6, wine) + rect(36, 66, 5, 20, wine) + rect(86, 66, 5, 20, wine) + circle(64, 54, 9, cream),
    person(teal) + lamp,
    bed,
    rect(44, 20, 46, 64, wine) + circle(82, 54, 3, gold),
  ]
  const rooms = times(6, (row) =>
    times(3, (column) => {
      const i = row * 3 + column
      const [x, y] = [88 + column * 158, 262 + row * 93]
      const dark = i === 10
      return group(
        [
          rect(0, 0, 148, 85, dark ? black : walls[(i * 5 + row) % 6]!),
          dark
            ? circle(66, 44, 3, cream) + circle(80, 44, 3, cream)
            : group(furniture[(i * 7 + row * 2) % 6]!, {
                transform: i % 2 ? 'translate(148 0) scale(-1 1)' : undefined,
              }),
        ],
        { transform: `translate(${x} ${y})` },
      )
    }),
  )
  return [
    ground(pink),
    circle(320, 250, 290, '#F5C9C1'),
    path('M60 256L110 186H530L580 256Z', wine),
    rect(68, 250, 504, 580, cream),
    rooms,
    rect(0, 826, W, 134, wine),
    line('ROOM SERVICE', 320, 120, { width: 480, most: 110 }, { fill: wine, anchor: 'middle', weight: 800 }),
    line('AT THE MERIDIAN', 320, 236, { width: 384, most: 60 }, { fill: gold, anchor: 'middle', weight: 700 }),
    rect(312, 136, 16, 50, wine),
    line(
      'EIGHTEEN ROOMS. SEVENTEEN BREAKFASTS.',
      320,
      868,
      { width: 540, most: 26 },
      { fill: gold, anchor: 'middle', weight: 600, stretch: 100 },
    ),
    credits(film, 320, 908, { fill: cream, anchor: 'middle', size: 14 }),
  ].join('')
}

/** Nine bodies in single file across one curve of the Earth. */
const orbitNine: Art = (film) => {
  const [black, deep, ice, amber] = ['#05131C', '#0D2A38', '#CFEAEA', '#FF9D42']
  const next = dice(90)
  const bodies = times(9, (i) => {
    const t = i / 8
    const [x, y, r] = [596 - t * 470 - Math.sin(t * 3.1) * 40, 84 + t ** 1.35 * 470, 9 + t ** 1.9 * 118]
    return circle(x, y, r + 4, i === 8 ? amber : ice) + circle(x + r * 0.16 + 4, y + r * 0.12 + 3, r, black)
  })
  return [
    ground(black),
    times(130, () => circle(next() * W, next() * 700, 0.7 + next() * 1.6, ice, { opacity: 0.2 + next() * 0.6 })),
    times(5, (i) =>
      ellipse(220, 560, 330 + i * 84, 150 + i * 62, 'none', {
        stroke: deep,
        'stroke-width': 3,
        transform: 'rotate(-46 220 560)',
      }),
    ),
    bodies,
    circle(420, 1360, 640, '#0F4A63'),
    circle(420, 1372, 640, deep),
    path('M540 590l26 9l-26 9l-6 -9Z', amber),
    stroke('M534 599H450', amber, 2, { opacity: 0.6 }),
    line('ORBIT', 34, 806, { width: 572 }, { fill: ice, weight: 300, stretch: 100, spacing: 0.01 }),

    line('NINE', 38, 868, 54, { fill: amber, weight: 700, stretch: 100, spacing: 2.6 }),
    credits(film, 34, 914, { fill: ice, size: 13 }),
  ].join('')
}

/** A gallery at night; the picture is only light, and she is leaving with it. */
const theLightThief: Art = (film) => {
  const [dark, wall, light, glow, floor] = ['#0B0A09', '#46403A', '#FFF6DC', '#F2C14B', '#211E1B']
  return [
    ground(wall),
    rect(0, 0, W, 640, wall),
    path('M0 640H640V960H0Z', floor),
    path('M126 470L-200 960H840L514 470Z', glow, { opacity: 0.14 }),
    path('M126 640L20 960H620L514 640Z', glow, { opacity: 0.5 }),
    rect(110, 92, 420, 400, dark),
    rect(126, 108, 388, 368, light),
    stack(['THE', 'LIGHT', 'THIEF'], { x: 150, y: 136, width: 210, gap: 14, most: 118 }, { fill: dark, weight: 800 }),
    path(
      'M432 306C470 300 490 336 484 380L490 396C516 404 524 436 528 480L560 770Q480 800 388 770L404 480C400 436 408 408 440 398C410 380 396 318 432 306Z',
      dark,
    ),
    path('M424 780L414 884H446L462 786ZM486 786L506 884H540L522 780Z', dark),
    path('M404 330C410 280 480 272 494 324C502 358 500 392 494 404L404 404C394 380 396 352 404 330Z', dark),
    stroke('M442 480L430 760M498 500L520 760', '#2b2622', 4),
    path('M508 420L574 548L546 566L496 480Z', dark),
    path(
      polygon([
        [522, 540],
        [612, 520],
        [622, 640],
        [532, 656],
      ]),
      light,
    ),
    path(
      polygon([
        [522, 540],
        [612, 520],
        [622, 640],
        [532, 656],
      ]),
      'none',
      { stroke: glow, 'stroke-width': 5 },
    ),
    path('M410 884L300 960H600L540 884Z', dark, { opacity: 0.75 }),
    rect(126, 516, 70, 6, glow, { opacity: 0.8 }),
    rect(126, 530, 40, 4, light, { opacity: 0.5 }),
    credits(film, 34, 912, { fill: light, size: 13 }),
  ].join('')
}

/** One wire across the desert, and the riders who want it mended. */
const underACopperSky: Art = (film) => {
  const [dark, pale, rust] = ['#22100B', '#F6D7A2', '#7C2F18']
  const pole = (x: number, foot: number, height: number, w: number) =>
    rect(x - w / 2, foot - height, w, height, dark) +
    rect(x - height * 0.14, foot - height * 0.93, height * 0.28, w * 0.8, dark) +
    rect(x - height * 0.1, foot - height * 0.82, height * 0.2, w * 0.7, dark)
  const rider = (x: number, y: number, s: number) =>
    group(
      [
        path(
          'M-30 0L-26 -30Q-34 -44 -22 -50L18 -52Q28 -70 40 -74L52 -62L42 -54Q36 -42 30 -34L34 0H26L20 -28L-14 -26L-20 0Z',
          dark,
        ),
        path('M-8 -50Q-10 -84 4 -88Q16 -84 14 -52Z', dark),
        circle(4, -96, 8, dark),
        rect(-10, -102, 28, 4, dark, { rx: 2 }),
      ],
      { transform: `translate(${x} ${y}) scale(${s})` },
    )
  return [
    ground('#D9743A'),
    rect(0, 0, W, 150, '#8C3D1F'),
    rect(0, 150, W, 140, '#A84C27'),
    rect(0, 290, W, 120, '#C4612F'),
    circle(190, 566, 128, pale),
    path('M330 640V560L356 520H470L486 560L520 566V520H600L640 470V640Z', rust),
    path('M0 640V590L40 584L52 540H120L136 600L200 640Z', rust),
    rect(0, 636, W, 324, dark),
    path('M0 636Q180 610 330 636T640 628V700H0Z', dark),
    pole(566, 700, 610, 17),
    pole(352, 664, 330, 10),
    pole(244, 650, 190, 6),
    pole(184, 644, 116, 4),
    stroke(
      'M660 110Q600 170 486 132Q430 360 306 356Q270 466 218 474Q196 530 168 536M660 150Q640 180 646 132Q470 400 398 356Q300 480 270 474M646 132L486 132',
      dark,
      3,
    ),
    rider(66, 640, 0.5),
    rider(110, 640, 0.44),
    rider(290, 640, 0.4),
    line('UNDER A', 32, 118, { width: 250 }, { fill: pale, weight: 700 }),
    stack(['COPPER', 'SKY'], { x: 32, y: 700, width: 330, gap: 14, most: 152 }, { fill: '#E8894A', stretch: 90 }),
    line('THE LAST TELEGRAPH LINE', 606, 800, 17, {
      fill: pale,
      anchor: 'end',
      weight: 600,
      stretch: 100,
      spacing: 0.06,
    }),
    line('RUNS THROUGH HER LAND', 606, 826, 17, {
      fill: pale,
      anchor: 'end',
      weight: 600,
      stretch: 100,
      spacing: 0.06,
    }),
    credits(film, 606, 914, { fill: pale, anchor: 'end', size: 13 }),
  ].join('')
}

export const ENGLISH_ART: Record<string, Art> = {
  'signal-loss': signalLoss,
  'what-the-map-left-out': whatTheMapLeftOut,
  'gravity-for-beginners': gravityForBeginners,
  'room-service-at-the-meridian': roomService,
  'orbit-nine': orbitNine,
  'the-light-thief': theLightThief,
  'under-a-copper-sky': underACopperSky,
}
