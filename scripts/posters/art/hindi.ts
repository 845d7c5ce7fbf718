import {
  type Art,
  circle,
  clip,
  credits,
  dice,
  ellipse,
  ground,
  group,
  line,
  native,
  path,
  polar,
  polygon,
  rect,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** Cut paper: moons on threads over folded hills. */
const paperMoons: Art = (film) => {
  const [coral, wine, blush, cream] = ['#E88A72', '#7A1F3D', '#F5C7B4', '#FFF1DF']
  const moon = (x: number, y: number, r: number, phase: number) =>
    stroke(`M${x} 0V${y - r}`, cream, 2, { opacity: 0.8 }) +
    group(
      phase === 0
        ? circle(x, y, r, cream)
        : path(
            `M${x} ${y - r}A${r} ${r} 0 0 1 ${x} ${y + r}A${r * Math.abs(phase)} ${r} 0 0 ${phase > 0 ? 0 : 1} ${x} ${y - r}Z`,
            cream,
            { transform: `rotate(-18 ${x} ${y})` },
          ),
      { filter: 'url(#paper)' },
    )
  return [
    ground(coral),
    circle(320, 330, 300, '#EF9C83'),
    circle(320, 330, 226, '#F3AD95'),
    moon(92, 190, 46, 1.5),
    moon(206, 420, 58, 1.3),
    moon(338, 262, 120, 0),
    moon(494, 440, 52, 0.6),
    moon(566, 150, 40, 0.4),
    group(path('M0 610Q150 520 320 590T640 540V960H0Z', blush), { filter: 'url(#paper)' }),
    group(path('M0 676Q120 620 270 670T640 620V960H0Z', '#C9506A'), { filter: 'url(#paper)' }),
    group(path('M0 730Q200 660 360 726T640 700V960H0Z', wine), { filter: 'url(#paper)' }),
    line(
      'Paper Moons',
      320,
      826,
      { width: 570 },
      { fill: cream, anchor: 'middle', weight: 700, stretch: 80, spacing: -0.03 },
    ),
    native(film, 320, 878, 36, { fill: coral, anchor: 'middle' }),
    credits(film, 320, 916, { fill: blush, anchor: 'middle', size: 13, lead: 'Written and directed by' }),
  ].join('')
}

/** Almost nothing: snow, two roofs, one red letter between them. */
const quietWinter: Art = (film) => {
  const [snow, ink, red, shade] = ['#DCE6EA', '#2B3A4A', '#D2302B', '#C3D2D9']
  const next = dice(41)
  const house = (x: number, y: number, s: number) =>
    path(
      polygon([
        [x - s, y],
        [x, y - s * 0.8],
        [x + s, y],
      ]),
      ink,
    ) +
    rect(x - s * 0.72, y, s * 1.44, s * 0.7, ink) +
    rect(x - s * 0.14, y + s * 0.18, s * 0.28, s * 0.52, '#F5C36A')
  return [
    ground(snow),
    path('M0 560L140 430L206 486L330 340L450 470L520 410L640 520V960H0Z', '#EEF4F6'),
    path('M330 340L450 470L400 462L360 500L330 440L290 470L262 420Z', shade),
    path('M140 430L206 486L176 500L140 470L110 480L100 467Z', shade),
    path('M0 640Q180 560 330 620T640 590V960H0Z', '#F7FAFB'),
    path('M0 760Q240 660 640 780V960H0Z', '#fff'),
    house(78, 640, 28),
    house(560, 632, 22),
    stroke('M100 628Q320 380 542 618', ink, 2.4, { 'stroke-dasharray': '1 11' }),
    group(rect(-24, -16, 48, 32, red) + stroke('M-24 -16L0 4L24 -16', snow, 2.5), {
      transform: 'translate(318 498) rotate(-12)',
    }),
    times(120, () => circle(next() * W, next() * 960, 1 + next() * 3.2, '#fff', { opacity: 0.9 })),
    line('Quiet', 40, 160, 132, { fill: ink, weight: 300, stretch: 100, spacing: -0.04 }),
    line('Winter', 40, 284, 132, { fill: ink, weight: 300, stretch: 100, spacing: -0.04 }),
    native(film, 44, 860, 34, { fill: red }),
    credits(film, 44, 904, { fill: ink, size: 14 }),
  ].join('')
}

/** A line diagram with a train that skips every stop. */
const theEightFourteen: Art = (film) => {
  const [paper, black, red, blue, green, grey] = ['#F1EDE2', '#16171A', '#E1251B', '#1F5FA8', '#2C8C5A', '#BDB7A9']
  const stops: [number, number][] = [
    [150, 470],
    [150, 530],
    [184, 588],
    [228, 632],
    [272, 676],
    [300, 740],
    [300, 800],
  ]
  return [
    ground(paper),
    line('8.14', 24, 352, { width: 592 }, { fill: black, spacing: -0.05, stretch: 100 }),
    line('THE', 34, 70, 50, { fill: black, weight: 800 }),
    stroke('M-20 560H260L420 720V1000', blue, 16),
    stroke('M660 500H520L360 660H-20', green, 16),
    stroke('M520 380V560L430 650V1000', grey, 16),
    stroke('M150 380V556L300 706V1000', red, 34),
    stops.map(([x, y]) => circle(x, y, 9, paper)).join(''),
    [
      [340, 640],
      [430, 730],
      [470, 550],
    ]
      .map(([x, y]) => circle(x!, y!, 15, paper, { stroke: black, 'stroke-width': 7 }))
      .join(''),
    group(line('FAST', 0, 0, 178, { fill: red, spacing: -0.03 }), { transform: 'translate(232 492) skewX(-16)' }),
    times(5, (i) => rect(176 - i * 2, 394 + i * 20, 50 - i * 8, 8, red)),
    native(film, 606, 846, { width: 250, most: 32 }, { fill: black, anchor: 'end', weight: 700 }),
    rect(330, 866, 310, 94, paper),
    rect(0, 872, W, 88, black),
    credits(film, 34, 910, { fill: paper, size: 14 }),
  ].join('')
}

/** A blackboard, a sum, and a line that children reach across. */
const longDivision: Art = (film) => {
  const [board, chalk, wood, yellow] = ['#23443A', '#F2EFE4', '#A8703C', '#F2C14E']
  const child = (x: number, y: number, arms: string, colour: string) =>
    circle(x, y - 66, 17, 'none', { stroke: colour, 'stroke-width': 5 }) +
    stroke(`M${x} ${y - 49}V${y - 14}M${x} ${y - 14}l-15 36M${x} ${y - 14}l15 36${arms}`, colour, 5)
  return [
    ground(wood),
    rect(22, 22, 596, 866, board),
    rect(22, 22, 596, 130, '#fff', { opacity: 0.04 }),
    rect(22, 500, 596, 200, '#fff', { opacity: 0.035 }),
    group(
      [
        line('LONG', 208, 200, { width: 370 }, { fill: chalk, weight: 700, spacing: -0.01 }),
        stroke('M184 420Q216 330 182 226H592', chalk, 9),
        line('2', 66, 388, 190, { fill: yellow, weight: 600, stretch: 75 }),
        line('DIVISION', 212, 378, { width: 374 }, { fill: chalk, weight: 700, spacing: -0.01 }),
        stroke('M212 414H588', chalk, 5),
        line('1 9 4 7', 214, 496, 92, { fill: chalk, weight: 300, stretch: 100, opacity: 0.75 }),
        line('− 1 9 4 6', 168, 588, 92, { fill: chalk, weight: 300, stretch: 100, opacity: 0.75 }),
        stroke('M210 616H520', chalk, 5, { opacity: 0.8 }),
        line('1', 458, 700, 92, { fill: yellow, weight: 600, stretch: 100 }),
        stroke('M320 660V880', chalk, 5, { 'stroke-dasharray': '12 12' }),
        child(96, 800, 'M96 776l-20 24M96 776l46 8', chalk),
        child(188, 800, 'M188 776l-46 8M188 776l46 8', chalk),
        child(278, 800, 'M278 776l-44 8M278 776l42 4', yellow),
        child(362, 800, 'M362 776l-42 4M362 776l44 8', yellow),
        child(450, 800, 'M450 776l-44 8M450 776l46 8', chalk),
        child(540, 800, 'M540 776l-44 8M540 776l20 24', chalk),
      ],
      { filter: 'url(#chalk)' },
    ),
    native(film, 594, 868, 32, { fill: yellow, anchor: 'end' }),
    credits(film, 34, 916, { fill: '#2a1a0a', size: 13 }),
  ].join('')
}

/** An umbrella for a turban, and a moustache for everything else. */
const theDacoitsUmbrella: Art = (film) => {
  const [sand, black, red, pale] = ['#E9A23B', '#1A1411', '#B8301F', '#F8DFA6']
  const rib = (a: number, b: number, colour: string) =>
    path(`M320 120Q${(a + 320) / 2} 150 ${a} 400Q${(a + b) / 2} 352 ${b} 400Q${(b + 320) / 2} 150 320 120Z`, colour)
  return [
    ground(sand),
    circle(320, 400, 300, '#F2B656'),
    path('M0 640L120 560L190 610L300 540L420 620L520 560L640 630V960H0Z', '#C97A2A'),
    rect(312, 60, 16, 70, black),
    rib(40, 140, black),
    rib(140, 250, red),
    rib(250, 390, black),
    rib(390, 500, red),
    rib(500, 600, black),
    rect(314, 380, 12, 176, black),
    ellipse(216, 462, 34, 26, pale),
    ellipse(424, 462, 34, 26, pale),
    circle(224, 464, 15, black),
    circle(416, 464, 15, black),
    stroke('M168 424L252 436M472 424L388 436', black, 16),
    path(
      'M320 560C270 520 190 540 150 590C118 628 70 620 52 574C40 640 84 692 150 684C220 676 270 640 320 604C370 640 420 676 490 684C556 692 600 640 588 574C570 620 522 628 490 590C450 540 370 520 320 560Z',
      black,
    ),
    line('THE DACOIT’S', 320, 752, { width: 300 }, { fill: pale, anchor: 'middle', weight: 700 }),
    line('UMBRELLA', 320, 888, { width: 570 }, { fill: black, anchor: 'middle', spacing: -0.01 }),
    native(film, 34, 58, 36, { fill: black, weight: 700 }),
    credits(film, 320, 922, { fill: black, anchor: 'middle', size: 13 }),
  ].join('')
}

/** Letters that will not stay on the stave, and the bell they came out of. */
const outOfTune: Art = (film) => {
  const [red, gold, dark, cream] = ['#C8252C', '#F3B23C', '#5E0D14', '#FFF0D2']
  const rows: [string, number, number][][] = [
    [
      ['O', 40, -10],
      ['U', 212, 8],
      ['T', 384, -5],
    ],
    [
      ['O', 96, 12],
      ['F', 262, -12],
    ],
    [
      ['T', 30, 6],
      ['U', 164, -14],
      ['N', 314, 9],
      ['E', 470, -6],
    ],
  ]
  const drift = [0, 34, -16, 26]
  return [
    ground(red),
    times(5, (i) => stroke(`M-20 ${86 + i * 26}C200 ${30 + i * 42} 300 ${330 + i * 30} 660 ${150 + i * 74}`, dark, 5)),
    circle(470, 800, 330, gold),
    circle(470, 800, 296, '#D98F25'),
    circle(470, 800, 250, gold),
    circle(470, 800, 196, '#B8701A'),
    circle(470, 800, 130, dark),
    path('M250 560A330 330 0 0 1 470 470', 'none', { stroke: cream, 'stroke-width': 9, 'stroke-linecap': 'round' }),
    rows
      .map((row, r) =>
        row
          .map(([letter, x, turn], i) =>
            line(letter, x, 186 + r * 178 + drift[i]!, r === 1 ? 170 : 226, {
              fill: r === 1 ? gold : cream,
              transform: `rotate(${turn} ${x + 70} ${120 + r * 178})`,
            }),
          )
          .join(''),
      )
      .join(''),
    native(film, 34, 690, 52, { fill: gold, weight: 800 }),
    rect(0, 880, W, 80, dark),
    credits(film, 34, 914, { fill: cream, size: 14 }),
  ].join('')
}

/** One face in seven strips that do not agree. */
const sevenWitnesses: Art = (film) => {
  const [umber, bone, red] = ['#2A2118', '#E9DCC3', '#C63A22']
  const tones = ['#D8C09A', '#B98F62', '#E9DCC3', '#C63A22', '#8D7457', '#D8C09A', '#6E5A45']
  const shifts = [-26, 34, -52, 12, 44, -30, 22]
  const face = (skin: string) =>
    [
      rect(-100, 0, 900, 760, '#3A2E22'),
      path(
        'M170 60Q320 -40 470 60Q520 200 500 400Q470 600 390 690Q320 740 250 690Q170 600 140 400Q120 200 170 60Z',
        skin,
      ),
      path('M140 250Q130 40 320 10Q520 40 500 250Q470 120 320 110Q170 120 140 250Z', '#17110C'),
      stroke('M186 288Q236 258 286 288M354 288Q404 258 454 288', '#17110C', 17),
      ellipse(238, 338, 44, 23, '#FFF8E8'),
      ellipse(402, 338, 44, 23, '#FFF8E8'),
      circle(238, 338, 19, '#17110C'),
      circle(402, 338, 19, '#17110C'),
      path('M320 320L280 478Q320 500 360 478Z', '#17110C', { opacity: 0.32 }),
      stroke('M248 566Q320 604 392 566', '#17110C', 14),
      stroke('M268 612Q320 630 372 612', '#17110C', 6, { opacity: 0.5 }),
    ].join('')
  return [
    ground(umber),
    times(7, (i) =>
      clip(
        rect(0, 40 + i * 92, W, 86, '#fff'),
        group(face(tones[i]!), { transform: `translate(${shifts[i]!} ${-20 + (i % 3) * 8})` }),
      ),
    ),
    times(7, (i) =>
      line(String(i + 1), 612, 64 + i * 92, 20, {
        fill: i === 3 ? red : bone,
        anchor: 'end',
        weight: 600,
        stretch: 100,
      }),
    ),
    line('SEVEN WITNESSES', 28, 800, { width: 584 }, { fill: bone, spacing: -0.01 }),
    native(film, 28, 862, 42, { fill: red, weight: 700 }),
    credits(film, 28, 908, { fill: bone, size: 14 }),
  ].join('')
}

/** A tree that grows out of a ballot box. */
const neemTreeRepublic: Art = (film) => {
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

/** A clock whose hands are the roads home. */
const smallHours: Art = (film) => {
  const [night, glow, deep, rose, road] = ['#16204A', '#FFD98A', '#0C1230', '#E8748A', '#37458C']
  const next = dice(7)
  const [cx, cy] = [320, 360]
  const lights = times(23, (ring) =>
    times(26 + ring * 3, (i) => {
      const [x, y] = polar(cx, cy, 288 + ring * 19, (i * 360) / (26 + ring * 3) + ring * 5)
      if (next() < 0.42 || x < -10 || x > 650 || y > 900) return ''
      return rect(x, y, 7, 10, next() < 0.16 ? rose : glow, {
        opacity: 0.3 + next() * 0.7,
        transform: `rotate(${Math.round(next() * 90)} ${x} ${y})`,
      })
    }),
  )
  const hand = (turn: number, length: number, wide: number) =>
    group(
      [
        rect(-wide / 2, -length, wide, length, road),
        times(Math.floor(length / 34), (i) => rect(-2.5, -length + i * 34 + 8, 5, 18, glow)),
      ],
      { transform: `translate(${cx} ${cy}) rotate(${turn})` },
    )
  return [
    ground(deep),
    lights,
    circle(cx, cy, 266, night),
    times(60, (i) => (i % 5 ? circle(...polar(cx, cy, 244, i * 6), 2, glow, { opacity: 0.6 }) : '')),
    times(12, (i) => circle(...polar(cx, cy, 240, i * 30), i % 3 === 0 ? 11 : 6, glow)),
    hand(150, 800, 74),
    hand(38, 208, 50),
    circle(cx, cy, 44, road),
    circle(cx, cy, 13, rose),
    group(
      [
        path('M-20 -44L-70 -230H70L20 -44Z', glow, { opacity: 0.28 }),
        rect(-25, -46, 50, 94, '#0a0a12', { rx: 13 }),
        rect(-21, -22, 42, 46, '#F5B82E', { rx: 7 }),
        circle(-15, -40, 5, glow),
        circle(15, -40, 5, glow),
        rect(-12, -4, 24, 10, '#0a0a12', { rx: 3 }),
      ],
      { transform: `translate(${cx + 108} ${cy + 212}) rotate(-29)` },
    ),
    path('M0 700H330L250 960H0Z', deep, { opacity: 0.86 }),
    stack(
      ['SMALL', 'HOURS'],
      { x: 34, y: 830, width: 300, gap: 10, from: 'foot', most: 150 },
      { fill: glow, weight: 700, stretch: 80, spacing: -0.02 },
    ),
    rect(0, 880, W, 80, deep),
    native(film, 34, 876, 34, { fill: rose }),
    credits(film, 34, 914, { fill: glow, size: 13 }),
  ].join('')
}

export const HINDI_ART: Record<string, Art> = {
  'paper-moons': paperMoons,
  'quiet-winter': quietWinter,
  'the-8-14-fast': theEightFourteen,
  'long-division': longDivision,
  'the-dacoits-umbrella': theDacoitsUmbrella,
  'out-of-tune': outOfTune,
  'seven-witnesses': sevenWitnesses,
  'neem-tree-republic': neemTreeRepublic,
  'small-hours': smallHours,
}
