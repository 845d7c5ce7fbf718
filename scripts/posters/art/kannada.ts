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
  polar,
  rect,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** A numeral the size of the sheet, with a lit house in its eye. */
const estateNumberNine: Art = (film) => {
  const [forest, fog, lamp, berry, black] = ['#1D2B22', '#DDE2CC', '#F3B83F', '#B5202B', '#0B120E']
  const next = dice(9)
  const berries = [
    [70, 420],
    [92, 446],
    [62, 456],
    [584, 700],
    [606, 676],
    [566, 672],
    [548, 96],
    [574, 84],
    [562, 118],
  ]
  return [
    ground(forest),
    times(40, () => {
      const [x, y, turn] = [next() * W, next() * H, next() * 360]
      return path('M0 0C26 -22 60 -22 90 0C60 22 26 22 0 0Z', '#263A2D', {
        transform: `translate(${x} ${y}) rotate(${turn})`,
      })
    }),
    group(
      [
        path(
          'M320 44C160 44 84 150 84 276C84 400 170 486 296 486C350 486 394 470 424 440C412 590 340 690 196 732L236 838C470 772 560 580 560 330C560 150 476 44 320 44Z',
          fog,
        ),
        ellipse(320, 272, 122, 124, black),
        clip(
          ellipse(320, 272, 122, 124, '#fff'),
          [
            circle(372, 208, 24, '#EAE6CF'),
            path('M190 344Q260 300 330 330T460 318V420H190Z', '#15211A'),
            path('M256 322L316 276L376 322Z', '#35463A'),
            rect(268, 320, 96, 50, '#22301F'),
            rect(306, 334, 20, 36, lamp),
            rect(278, 332, 16, 16, '#5a4a20'),
            rect(340, 332, 16, 16, lamp),
            stroke('M316 370Q316 390 300 400', lamp, 5, { opacity: 0.5 }),
          ].join(''),
        ),
      ],
      { transform: 'translate(24 6) scale(.92)' },
    ),
    berries.map(([x, y]) => circle(x!, y!, 15, berry) + circle(x! - 5, y! - 5, 4, '#E8707A')).join(''),
    stroke('M30 470Q70 430 110 380M610 720Q580 690 530 640M600 60Q570 90 530 140', '#4C6B52', 4),
    line('ESTATE NUMBER NINE', 320, 868, { width: 584 }, { fill: fog, anchor: 'middle', weight: 600, spacing: 0.02 }),
    native(film, 34, 716, { width: 176, most: 30 }, { fill: lamp, weight: 700 }),
    credits(film, 320, 914, { fill: fog, anchor: 'middle', size: 13 }),
  ].join('')
}

/** The junction from above: no gap anywhere except for the words on the road. */
const stuckAtSilkBoard: Art = (film) => {
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

/** Arch within arch within arch, and somebody small at the end of them. */
const theSandalwoodGate: Art = (film) => {
  const tones = ['#5B1F12', '#8C3B1F', '#B25A2B', '#CC7B3C', '#E0A05A', '#EDC281', '#F7E3B5']
  const [deep, pale] = ['#3A110A', '#F7E3B5']
  const arch = (i: number) => {
    const half = 300 - i * 40
    const spring = 320 + i * 30
    const crown = 24 + i * 44
    return `M${320 - half} 720V${spring}C${320 - half} ${spring - 130 + i * 8} ${320 - half * 0.42} ${crown + 90} 320 ${crown}C${320 + half * 0.42} ${crown + 90} ${320 + half} ${spring - 130 + i * 8} ${320 + half} ${spring}V720Z`
  }
  return [
    ground(deep),
    times(12, (i) =>
      times(9, (j) => circle(30 + j * 72.5, 30 + i * 62, 7, '#54190E') + circle(30 + j * 72.5, 30 + i * 62, 3, deep)),
    ),
    tones
      .map(
        (tone, i) =>
          path(arch(i), tone) +
          stroke(arch(i), i < 5 ? pale : '#B25A2B', 2, { opacity: 0.5, 'stroke-dasharray': i % 2 ? '2 9' : undefined }),
      )
      .join(''),
    path('M306 720L310 640Q300 620 310 604Q306 580 320 576Q334 580 330 604Q340 620 330 640L336 720Z', deep),
    path('M320 720L250 960H390Z', pale, { opacity: 0.14 }),
    rect(0, 720, W, 240, deep),
    path('M306 720H336L372 800H280Z', '#6b2a18'),
    line('THE', 320, 774, 36, { fill: '#E0A05A', anchor: 'middle', weight: 600, spacing: 0.2, stretch: 100 }),
    line(
      'SANDALWOOD',
      320,
      838,
      { width: 540, most: 90 },
      { fill: pale, anchor: 'middle', weight: 600, stretch: 100, spacing: 0.02 },
    ),
    line('GATE', 96, 890, 48, { fill: pale, weight: 600, stretch: 100, spacing: 0.02 }),
    native(film, 544, 886, { width: 280, most: 34 }, { fill: '#E0A05A', anchor: 'end', weight: 600 }),
    credits(film, 320, 920, { fill: '#EDC281', anchor: 'middle', size: 12.5 }),
  ].join('')
}

/** A wheel larger than the sheet, a quarter turned. */
const stoneChariot: Art = (film) => {
  const [ochre, stone, dark, white] = ['#C9772B', '#E9D9B8', '#2B1D14', '#FFF7E6']
  const [cx, cy] = [240, 716]
  const spoke = (i: number) =>
    group(
      [
        path(`M${cx - 16} ${cy - 90}L${cx - 26} ${cy - 330}H${cx + 26}L${cx + 16} ${cy - 90}Z`, dark),
        circle(cx, cy - 210, 21, stone),
        circle(cx, cy - 210, 10, dark),
      ],
      { transform: `rotate(${i * 30 + 8} ${cx} ${cy})` },
    )
  return [
    ground(ochre),
    circle(cx, cy, 470, '#B5661F'),
    circle(cx, cy, 410, dark),
    circle(cx, cy, 392, stone),
    times(48, (i) => circle(...polar(cx, cy, 366, i * 7.5), 11, dark)),
    circle(cx, cy, 340, dark),
    circle(cx, cy, 326, '#D8C39A'),
    times(12, spoke),
    circle(cx, cy, 106, dark),
    circle(cx, cy, 92, stone),
    times(16, (i) =>
      path(`M${cx} ${cy - 84}q16 34 0 56q-16 -22 0 -56Z`, dark, { transform: `rotate(${i * 22.5} ${cx} ${cy})` }),
    ),
    circle(cx, cy, 26, dark),
    stroke(`M${polar(cx, cy, 440, -84).join(' ')}A440 440 0 0 1 ${polar(cx, cy, 440, -32).join(' ')}`, white, 12),
    path('M0 0L-34 -8L-10 -36Z', white, { transform: `translate(${polar(cx, cy, 440, -29).join(' ')}) rotate(38)` }),
    stack(['STONE', 'CHARIOT'], { x: 606, y: 38, width: 360, gap: 12, most: 150 }, { fill: dark, anchor: 'end' }),
    native(film, 34, 76, 48, { fill: white, weight: 800 }),
    rect(0, 876, W, 84, dark),
    credits(film, 34, 914, { fill: stone, size: 13 }),
  ].join('')
}

export const KANNADA_ART: Record<string, Art> = {
  'estate-number-nine': estateNumberNine,
  'stuck-at-silk-board': stuckAtSilkBoard,
  'the-sandalwood-gate': theSandalwoodGate,
  'stone-chariot': stoneChariot,
}
