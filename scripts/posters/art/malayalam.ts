import {
  type Art,
  circle,
  clip,
  credits,
  ground,
  group,
  line,
  native,
  path,
  rect,
  round,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** The seats of a bus from above; every pair of eyes is open, and one seat should be empty. */
const nightBusToKochi: Art = (film) => {
  const [night, seat, red, eye] = ['#0D1A20', '#24424B', '#E2483B', '#E9F0DC']
  const place = (x: number, y: number, extra: boolean) =>
    rect(x, y, 62, 58, extra ? red : seat, { rx: 15 }) +
    rect(x - 4, y + 18, 9, 36, extra ? '#8f2018' : '#18303A', { rx: 4 }) +
    rect(x + 57, y + 18, 9, 36, extra ? '#8f2018' : '#18303A', { rx: 4 }) +
    (extra ? '' : circle(x + 22, y + 24, 5.5, eye) + circle(x + 40, y + 24, 5.5, eye))
  return [
    ground(night),
    path('M262 60L80 -80H560L602 60Z', '#F2D98B', { opacity: 0.12 }),
    rect(236, 44, 372, 880, '#16282F', { rx: 40 }),
    rect(236, 44, 372, 880, 'none', { rx: 40, stroke: '#2F5560', 'stroke-width': 4 }),
    rect(262, 66, 320, 44, '#0a1418', { rx: 16 }),
    circle(272, 52, 9, '#F7E3A1'),
    circle(572, 52, 9, '#F7E3A1'),
    times(9, (row) =>
      [262, 332, 442, 512].map((x, column) => place(x, 138 + row * 84, row === 3 && column === 1)).join(''),
    ),
    group(
      [
        line('NIGHT BUS', 0, 0, { width: 610, most: 140 }, { fill: eye, spacing: -0.01 }),
        line('TO KOCHI', 0, 92, { width: 330, most: 100 }, { fill: red, spacing: -0.01 }),
        native(film, 352, 76, { width: 258, most: 30 }, { fill: eye }),
      ],
      { transform: 'translate(124 700) rotate(-90)' },
    ),
    line('A FILM BY', 26, 784, 14, { fill: eye, weight: 500, stretch: 100, spacing: 0.1 }),
    [film.director, ...film.cast.map(([name]) => name)]
      .map((name, i) =>
        line(
          name.toUpperCase(),
          26,
          806 + i * 22 + (i ? 16 : 0),
          { width: 190, most: 15 },
          { fill: eye, weight: i ? 400 : 700, stretch: 100, spacing: 0.04 },
        ),
      )
      .join(''),
  ].join('')
}

/** Rings of sound over still water, and a dial along the shore. */
const backwaterRadio: Art = (film) => {
  const [teal, light, sun, dark] = ['#0F5C6E', '#BFE5DC', '#F6B73C', '#0A3340']
  const rings = (up: boolean) =>
    times(8, (i) =>
      stroke(
        `M${320 - (58 + i * 46)} 500A${58 + i * 46} ${58 + i * 46} 0 0 ${up ? 1 : 0} ${320 + 58 + i * 46} 500`,
        i % 2 ? light : sun,
        up ? 13 : 6,
        { opacity: round(1 - i * 0.1) },
      ),
    )
  const palm = (x: number, lean: number, height: number) => {
    const [tx, ty] = [x + lean, 500 - height]
    return (
      stroke(`M${x} 500Q${x + lean * 0.2} ${500 - height * 0.6} ${tx} ${ty}`, dark, 10) +
      [-70, -35, 0, 35, 70, 150, 210]
        .map((turn) =>
          path('M0 0Q44 -34 92 14Q44 -8 0 0Z', dark, { transform: `translate(${tx} ${ty}) rotate(${turn - 30})` }),
        )
        .join('')
    )
  }
  return [
    ground(teal),
    rect(0, 500, W, 460, '#0C4C5C'),
    rings(true),
    clip(rect(0, 500, W, 230, '#fff'), group(rings(false), { opacity: 0.55 })),
    times(9, (i) => rect(0, 512 + i * 22, W, 5 + i, '#0C4C5C')),
    palm(66, 74, 250),
    palm(16, 52, 150),
    palm(588, -60, 220),
    path('M150 506H490Q470 560 420 560H220Q170 560 150 506Z', dark),
    path('M206 506V474Q320 408 434 474V506Z', '#C9783A'),
    times(6, (i) => rect(236 + i * 30, 474, 14, 22, i === 3 ? sun : dark)),
    rect(317, 372, 6, 70, dark),
    circle(320, 366, 9, sun),
    rect(0, 700, W, 260, dark),
    rect(34, 722, 572, 60, '#F4E6C4', { rx: 8 }),
    times(21, (i) => rect(58 + i * 26, 726, 2, i % 5 ? 12 : 22, dark)),
    times(5, (i) =>
      line(String(88 + i * 5), 58 + i * 130, 772, 20, { fill: dark, anchor: 'middle', weight: 600, stretch: 100 }),
    ),
    rect(299, 714, 6, 76, '#D9392B'),
    line('BACKWATER RADIO', 34, 872, { width: 572 }, { fill: '#F4E6C4', spacing: -0.01 }),
    native(film, 606, 912, 26, { fill: sun, anchor: 'end' }),
    credits(film, 34, 908, { fill: '#F4E6C4', size: 12, width: 330 }),
  ].join('')
}

/** Hills that turn into the ruled lines of an account book. */
const theCardamomLedger: Art = (film) => {
  const [leaf, page, red, ink] = ['#2E5A36', '#F0E8CF', '#C8342A', '#1C2B1F']
  const greens = ['#86B26B', '#6B9C58', '#528649', '#41733F', '#356438', '#2A5432', '#20452A', '#17361F']
  return [
    ground('#F2D9A0'),
    circle(470, 130, 62, '#F7F0DA'),
    greens
      .map((colour, i) => {
        const flat = 1 - i / 8
        const y = 190 + i * 48
        const d = `M-10 ${y + 40 * flat}C80 ${y - 110 * flat} 170 ${y - 60 * flat} 240 ${y + 16 * flat}S420 ${y - 130 * flat} 500 ${y - 30 * flat}S620 ${y + 30 * flat} 660 ${y - 40 * flat}V960H-10Z`
        return path(d, colour) + stroke(d.replace('V960H-10Z', ''), page, 2.4, { opacity: 0.2 + i * 0.1 })
      })
      .join(''),
    rect(0, 578, W, 382, page),
    times(8, (i) => rect(0, 578 + i * 48, W, 2.4, leaf, { opacity: 0.5 })),
    rect(478, 190, 3, 770, red),
    rect(488, 400, 3, 560, red),
    line('THE CARDAMOM', 30, 668, { width: 424 }, { fill: ink, spacing: -0.01 }),
    line('LEDGER', 30, 812, { width: 424 }, { fill: ink, spacing: -0.01 }),
    ['1 9 9 4', '2 0 0 1', '2 0 0 8', '2 0 1 5', '2 0 2 4']
      .map((year, i) =>
        line(year, 566, 616 + i * 48, 28, { fill: i === 4 ? red : ink, weight: 500, stretch: 100, anchor: 'middle' }),
      )
      .join(''),
    stroke('M524 798Q566 820 612 794', red, 5),
    path('M250 386q26 -34 52 0Z', red),
    rect(274, 380, 4, 44, ink),
    path('M262 404h22l6 38h-34Z', ink),
    circle(273, 398, 9, ink),
    native(film, 30, 862, 32, { fill: red, weight: 700 }),
    credits(film, 30, 908, { fill: ink, size: 13 }),
  ].join('')
}

/** A cresting sea over a wall of its own name. */
const tidewall: Art = (film) => {
  const [wall, navy, blue, foam, red] = ['#E4DCCB', '#0D2B45', '#1C5D8C', '#F7F6EE', '#D5482C']
  const wave = (i: number) => {
    const o = i * 30
    return `M${-60} ${120 + o}C160 ${-30 + o} 420 ${10 + o} 500 ${170 + o * 0.8}C540 ${270 + o * 0.5} 470 ${340 + o * 0.2} 400 ${320 + o * 0.15}C440 ${250 + o * 0.4} 380 ${190 + o * 0.6} 300 ${210 + o * 0.7}C190 ${240 + o * 0.7} 130 ${330 + o * 0.6} 110 480V960H-60Z`
  }
  return [
    ground('#F3C9A0'),
    circle(530, 110, 54, red),
    path(wave(0), foam),
    times(8, (i) => path(wave(i + 1), i % 3 === 2 ? foam : i % 2 ? blue : navy)),
    [
      [402, 322, 15],
      [430, 352, 9],
      [376, 344, 8],
      [458, 330, 6],
      [414, 384, 6],
      [350, 322, 6],
      [442, 300, 10],
    ]
      .map(([x, y, r]) => circle(x!, y!, r!, foam))
      .join(''),
    rect(0, 452, W, 508, wall),
    rect(0, 452, W, 12, '#C6BBA5'),
    times(4, (i) => rect(0, 560 + i * 106, W, 2, '#C6BBA5')),
    stack(
      ['TIDE', 'WALL'],
      { x: 28, y: 494, width: 584, gap: 16, most: 252 },
      { fill: navy, stretch: 100, spacing: -0.03 },
    ),
    stroke('M560 452l-16 60l22 44l-30 70l18 60l-26 84l14 66', red, 5),
    path('M70 452v-24q0 -10 9 -10t9 10v24Z', red),
    circle(79, 408, 8, red),
    native(film, 612, 902, 36, { fill: red, anchor: 'end', weight: 700 }),
    credits(film, 28, 908, { fill: navy, size: 13, width: 400 }),
  ].join('')
}

/** An answer sheet whose filled bubbles make a boat. */
const theFerrymansExam: Art = (film) => {
  const [pink, ink, water] = ['#F6D9CF', '#2B2440', '#2F78B7']
  const rows = [
    '..............',
    '.......k......',
    '......kkk.....',
    '.......k......',
    '......kkk..k..',
    '......kkkkkk..',
    '......kkk.k...',
    '......kkk.k...',
    'kk....kkkk..kk',
    '.kkkkkkkkkkkk.',
    '..kkkkkkkkkk..',
    '...kkkkkkkkk..',
    'wwwwwwwwwkwwww',
    '.www.wwww.kwww',
    'ww.wwww.wwww.w',
    '..www..www..ww',
  ]
  return [
    ground(pink),
    rect(24, 24, 592, 912, 'none', { stroke: ink, 'stroke-width': 4 }),
    rect(24, 24, 592, 214, ink),
    stack(['THE FERRYMAN’S', 'EXAM'], { x: 46, y: 50, width: 400, gap: 14, most: 146 }, { fill: pink }),
    rect(474, 50, 120, 164, 'none', { stroke: pink, 'stroke-width': 3 }),
    line('ROLL NO.', 534, 76, 17, { fill: pink, anchor: 'middle', weight: 600, stretch: 100 }),
    line('40', 534, 182, 116, { fill: '#F2A48C', anchor: 'middle', weight: 800 }),
    rows
      .map((row, y) =>
        [...row]
          .map((cell, x) =>
            circle(58 + x * 40.3, 276 + y * 36, 14.5, cell === 'k' ? ink : cell === 'w' ? water : 'none', {
              stroke: cell === 'w' ? water : ink,
              'stroke-width': 2.4,
              'stroke-opacity': cell === '.' ? 0.35 : 1,
            }),
          )
          .join(''),
      )
      .join(''),
    native(film, 46, 878, 32, { fill: ink, weight: 700 }),
    credits(film, 46, 908, { fill: ink, size: 11.5 }),
  ].join('')
}

/** Nine of them on one long road, the white one in front. */
const nineElephants: Art = (film) => {
  const [sand, dusk, plum, white, gold] = ['#D9A066', '#8B4A4F', '#3B2140', '#FFF6E3', '#F5C764']
  const elephant = (x: number, y: number, s: number, colour: string, flip = 1) =>
    group(
      [
        path(
          'M-70 0V-60C-76 -108 -44 -130 0 -128C30 -127 44 -120 60 -112C84 -128 122 -116 128 -80C132 -52 124 -40 122 -10C121 6 136 8 140 -2L148 2C146 22 112 26 108 -2C106 -26 108 -36 98 -40C88 -36 80 -36 74 -40L66 0H38V-34C20 -28 -10 -28 -30 -34L-36 0Z',
          colour,
        ),
        path('M58 -104C40 -96 38 -62 58 -50C76 -56 84 -86 58 -104Z', 'rgba(0,0,0,.22)'),
        path('M100 -40Q118 -30 138 -40Q120 -20 98 -32Z', colour === white ? gold : white),
        stroke('M-70 -84Q-88 -60 -80 -34', colour, 6),
      ],
      { transform: `translate(${x} ${y}) scale(${round(s * flip)} ${s})` },
    )
  return [
    ground('#F2C583'),
    circle(320, 236, 150, '#FBE2A8'),
    path('M0 250Q160 190 330 246T640 220V960H0Z', sand),
    path('M0 420Q220 330 420 400T640 380V960H0Z', '#C27B58'),
    path('M0 570Q200 500 400 560T640 530V960H0Z', dusk),
    path('M0 720Q260 640 640 712V960H0Z', plum),
    elephant(180, 232, 0.3, plum, -1),
    elephant(262, 232, 0.34, plum, -1),
    elephant(362, 246, 0.38, plum, -1),
    elephant(470, 242, 0.44, plum, -1),
    elephant(480, 402, 0.6, plum),
    elephant(320, 386, 0.66, plum),
    elephant(150, 386, 0.74, plum),
    elephant(180, 560, 1, plum, 1),
    elephant(396, 706, 1.46, white, 1),
    line('NINE', 30, 866, { width: 204 }, { fill: gold, stretch: 80 }),
    line('ELEPHANTS', 250, 866, { width: 360 }, { fill: white, stretch: 80 }),
    native(film, 34, 724, 32, { fill: gold, weight: 700 }),
    credits(film, 34, 910, { fill: white, size: 13 }),
  ].join('')
}

export const MALAYALAM_ART: Record<string, Art> = {
  'night-bus-to-kochi': nightBusToKochi,
  'backwater-radio': backwaterRadio,
  'the-cardamom-ledger': theCardamomLedger,
  tidewall,
  'the-ferrymans-exam': theFerrymansExam,
  'nine-elephants': nineElephants,
}
