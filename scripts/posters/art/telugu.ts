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
  polygon,
  rect,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** Horizon: a sun going under, a lighthouse in front of it, rain over all. */
const theLastMonsoon: Art = (film) => {
  const [night, coral, cream, ember] = ['#231833', '#D9583B', '#F0D3A8', '#8C2F3C']
  const next = dice(3)
  const sea = times(15, (i) => rect(0, 470 + i * i * 1.25 + i * 7, W, 4 + i * 1.5, night))
  const rain = times(70, () => {
    const [x, y, length] = [next() * 760 - 60, next() * 620, 24 + next() * 60]
    return stroke(`M${x} ${y}l${-length * 0.28} ${length}`, cream, 1.6, { opacity: 0.12 + next() * 0.28 })
  })
  return [
    ground(night),
    path('M320 312L-20 150V250Z', cream, { opacity: 0.16 }),
    path('M320 312L660 190V240Z', cream, { opacity: 0.1 }),
    circle(320, 420, 232, coral),
    clip(circle(320, 420, 232, '#fff'), rect(0, 560, W, 200, ember, { opacity: 0.55 })),
    sea,
    path('M170 486Q235 436 300 446L306 330H334L340 446Q415 440 470 486Z', night),
    rect(300, 318, 40, 12, night),
    rect(309, 296, 22, 24, cream),
    path('M303 296H337L320 274Z', night),
    rain,
    native(film, 320, 700, 34, { fill: coral, anchor: 'middle' }),
    stack(
      ['THE LAST', 'MONSOON'],
      { x: 320, y: 884, width: 356, gap: 11, from: 'foot' },
      { fill: cream, anchor: 'middle' },
    ),
    credits(film, 320, 916, { fill: cream, anchor: 'middle', size: 13 }),
  ].join('')
}

/** Type doubled like the order, over two glasses that share one pavement. */
const doubleChai: Art = (film) => {
  const [yellow, navy, brick, milk] = ['#F4B63F', '#1D2A4D', '#C2452D', '#FBEBCB']
  const glass = (x: number, tea: string, level: number) => {
    const shape = `M${x} 540H${x + 230}L${x + 200} 812H${x + 30}Z`
    return (
      path(shape, milk) +
      clip(
        path(shape, '#fff'),
        rect(x, level, 240, 400, tea) + times(7, (i) => rect(x + 18 + i * 30, 540, 7, 300, '#fff', { opacity: 0.16 })),
      )
    )
  }
  const steam = (x: number, flip: number, colour: string) =>
    stroke(`M${x} 530c${40 * flip} -26 ${-36 * flip} -50 ${6 * flip} -84`, colour, 11)
  return [
    ground(yellow),
    line('DOUBLE', 34, 222, { width: 572 }, { fill: navy, spacing: -0.02 }),
    line('CHAI', 48, 424, { width: 560, most: 236 }, { fill: brick, spacing: -0.02 }),
    line('CHAI', 34, 410, { width: 560, most: 236 }, { fill: navy, spacing: -0.02 }),
    steam(420, 1, milk),
    steam(500, -1, milk),
    rect(0, 806, W, 154, navy),
    glass(62, brick, 600),
    glass(328, '#7A3A1D', 582),
    group([ellipse(177, 600, 109, 9, '#E06B4F'), ellipse(443, 582, 110, 9, '#9A5330')]),
    native(film, 34, 868, 44, { fill: yellow, weight: 700 }),
    credits(film, 34, 908, { fill: milk, size: 14 }),
  ].join('')
}

/** The title climbs the stairs towards the one open door. */
const nobodyUpstairs: Art = (film) => {
  const [dark, bone, blood, deep] = ['#120C10', '#E6D8C8', '#B5182E', '#7E0F20']
  const words: [string, number][] = [
    ['NO', 150],
    ['BODY', 150],
    ['UP', 150],
    ['STAIRS', 120],
  ]
  const [left, foot, run, rise] = [0, 716, 128, 150]
  const top = (i: number) => foot - i * rise
  const profile = `M0 ${H}V${top(0)}${words.map((_, i) => `V${top(i)}H${left + run * (i + 1) - 22}`).join('')}V204H${W}V${H}Z`
  return [
    ground(blood),
    path('M440 200L-80 660V1000L640 700V200Z', '#C9263C'),
    rect(490, 28, 116, 176, bone),
    path('M490 28L448 54V204H490Z', deep),
    circle(466, 134, 5, bone),
    path('M532 204Q528 122 548 106Q568 122 564 204Z', dark),
    circle(548, 90, 14, dark),
    path('M532 204L300 700L360 720L564 204Z', dark, { opacity: 0.28 }),
    path(profile, dark),
    words
      .map(([word, size], i) =>
        line(
          word,
          i === 3 ? 606 : run * i + 22,
          top(i) + 126,
          { width: i === 3 ? 214 : 600, most: size },
          { fill: bone, spacing: -0.03, anchor: i === 3 ? 'end' : 'start' },
        ),
      )
      .join(''),
    native(film, 606, 872, 42, { fill: blood, anchor: 'end', weight: 700 }),
    credits(film, 606, 914, { fill: bone, anchor: 'end', size: 13 }),
  ].join('')
}

/** A sky full of kites, every string held on one roof. */
const kiteSeason: Art = (film) => {
  const [sky, ink, red, sun, leaf, white] = ['#6EC5E9', '#14284B', '#E4402F', '#FFCB3D', '#1E8F6A', '#FFF8EA']
  const kite = (x: number, y: number, size: number, turn: number, a: string, b: string) =>
    stroke(`M${x} ${y}Q${x + (330 - x) * 0.2} 700 330 836`, ink, 1.6, { opacity: 0.55 }) +
    group(
      [
        path(`M0 ${-size}L${size * 0.82} 0L0 ${size}L${-size * 0.82} 0Z`, a),
        path(`M0 ${-size}L${size * 0.82} 0L0 0Z M0 ${size}L${-size * 0.82} 0L0 0Z`, b),
        path(`M0 ${size}l${size * 0.2} ${size * 0.34}h${-size * 0.4}Z`, b),
      ],
      { transform: `translate(${x} ${y}) rotate(${turn})` },
    )
  return [
    ground(sky),
    circle(560, 690, 130, '#8FD5F1'),
    kite(108, 92, 60, 24, red, white),
    kite(566, 110, 74, -18, leaf, sun),
    kite(86, 566, 52, -30, sun, ink),
    kite(560, 540, 66, 20, red, sun),
    kite(176, 712, 30, 16, white, leaf),
    kite(470, 700, 24, -24, ink, white),
    stroke('M318 560Q350 700 330 836', ink, 3),
    group(
      [
        path('M0 -306L292 0L0 306L-292 0Z', sun),
        path('M0 -306L292 0H-292Z', red),
        stroke('M-292 0Q0 -190 292 0', white, 5),
        stack(['KITE'], { x: 0, y: -112, width: 280, most: 150 }, { fill: white, anchor: 'middle' }),
        stack(['SEASON'], { x: 0, y: 24, width: 390, most: 150 }, { fill: ink, anchor: 'middle' }),
        native(film, 0, 186, { width: 230, most: 36 }, { fill: red, anchor: 'middle', weight: 700 }),
      ],
      { transform: 'translate(320 330) rotate(-8)' },
    ),
    path('M0 846H96V816H190V850H300V836H372V858H470V806H560V842H640V960H0Z', ink),
    path('M322 836q8 -34 8 -36q10 18 12 36Z', ink),
    circle(331, 796, 8, ink),
    credits(film, 320, 914, { fill: sky, anchor: 'middle', size: 14 }),
  ].join('')
}

/** Ornament: a box of silver inlay seen from above, one keyhole of gold. */
const theBidriBox: Art = (film) => {
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

/** The title is the hill: four courses of stone, split by one red fissure. */
const graniteHeart: Art = (film) => {
  const [stone, dark, red, dust] = ['#B9B2A6', '#24211E', '#C5221F', '#D8D2C6']
  const next = dice(19)
  return [
    ground(stone),
    times(260, () => circle(next() * W, next() * H, 0.8 + next() * 2.4, next() < 0.5 ? dark : dust, { opacity: 0.35 })),
    group(
      [
        stack(
          ['GRA', 'NITE', 'HEART'],
          { x: 30, y: 884, width: 580, gap: 12, from: 'foot' },
          { fill: dark, weight: 800, stretch: 100, spacing: -0.045 },
        ),
      ],
      {},
    ),
    path(
      'M424 222L352 308L396 382L330 466L372 550L300 640L340 742L262 880L300 960H352L330 884L396 748L352 648L420 544L380 462L440 376L398 310Z',
      red,
    ),
    path(
      'M424 222L352 308L396 382L330 466L372 550L300 640L340 742L262 880L300 960H284L246 880L322 744L282 640L354 552L312 466L378 384L334 308Z',
      '#8E1311',
    ),
    circle(150, 150, 62, red),
    path(
      'M196 246L204 190L192 178L206 138L232 130L252 146L266 118L276 122L262 166L248 170L250 190L264 246H246L232 204L216 246Z',
      dark,
    ),
    circle(238, 114, 17, dark),
    rect(250, 84, 60, 22, dark, { transform: 'rotate(24 280 95)' }),
    rect(270, 104, 7, 44, dark, { transform: 'rotate(24 273 126)' }),
    native(film, 606, 920, 34, { fill: dark, anchor: 'end', weight: 800 }),
    credits(film, 30, 914, { fill: dark, size: 13, width: 230 }),
  ].join('')
}

/** A field plan: eleven on the grass, one beyond the rope with the drinks. */
const twelfthManRamana: Art = (film) => {
  const [grass, mown, white, sun, night] = ['#1F7A4C', '#2A8B59', '#F7F4E6', '#FFC93C', '#0E2A22']
  const field: [number, number][] = [
    [320, 250],
    [352, 232],
    [250, 190],
    [450, 210],
    [470, 330],
    [180, 330],
    [230, 470],
    [410, 480],
    [120, 230],
    [520, 420],
    [320, 560],
  ]
  return [
    ground(grass),
    clip(
      ellipse(320, 360, 280, 322, '#fff'),
      times(9, (i) => rect(40 + i * 64, 30, 32, 670, mown)),
    ),
    ellipse(320, 360, 280, 322, 'none', {
      stroke: white,
      'stroke-width': 5,
      'stroke-dasharray': '2 13',
      'stroke-linecap': 'round',
    }),
    ellipse(320, 350, 150, 190, 'none', { stroke: white, 'stroke-width': 2, opacity: 0.5 }),
    rect(298, 272, 44, 170, '#D9C48F'),
    rect(302, 288, 36, 3, white),
    rect(302, 424, 36, 3, white),
    field.map(([x, y]) => circle(x, y, 12, white)).join(''),
    stroke('M560 640Q470 690 412 600', sun, 4, { 'stroke-dasharray': '1 12' }),
    circle(582, 652, 26, sun),
    line('12', 582, 663, 30, { fill: night, anchor: 'middle', stretch: 100 }),
    rect(0, 712, W, 248, night),
    line('TWELFTH MAN', 34, 826, { width: 572 }, { fill: white, spacing: -0.01 }),
    line('RAMANA', 34, 888, 68, { fill: sun, spacing: 0.01 }),
    native(film, 606, 886, { width: 300, most: 30 }, { fill: white, anchor: 'end' }),
    credits(film, 34, 922, { fill: white, size: 13 }),
  ].join('')
}

/** Salt heaps under a bolt that divides the title. */
const saltAndThunder: Art = (film) => {
  const [storm, salt, fire, slate] = ['#1B1F2A', '#F4F1E8', '#FF8A2B', '#39414F']
  const heap = (x: number, foot: number, size: number) =>
    path(`M${x} ${foot - size}L${x + size * 0.92} ${foot}H${x - size * 0.92}Z`, salt) +
    path(`M${x} ${foot - size}L${x + size * 0.92} ${foot}H${x + size * 0.1}Z`, '#BFC3C7') +
    path(`M${x - size * 0.92} ${foot + 5}H${x + size * 0.92}L${x} ${foot + size * 0.55}Z`, salt, { opacity: 0.16 })
  return [
    ground(storm),
    path('M0 0H640V190Q560 250 480 214Q400 270 300 226Q180 280 110 220Q50 240 0 206Z', '#11141C'),
    path('M0 0H640V96Q540 160 420 120Q280 180 160 118Q70 150 0 110Z', slate, { opacity: 0.6 }),
    rect(0, 594, W, 10, fire),
    rect(0, 604, W, 356, '#262C3A'),
    path('M420 0L250 330H356L268 596L470 268H366L520 0Z', fire),
    path('M448 0L290 306H388L268 596L436 290H342L494 0Z', '#FFE3B0'),
    heap(110, 650, 62),
    heap(540, 656, 70),
    heap(438, 634, 34),
    heap(216, 632, 30),
    heap(322, 704, 118),
    line('SALT', 30, 160, { width: 250 }, { fill: salt, spacing: -0.02 }),
    line('AND', 34, 206, 40, { fill: fire, weight: 700 }),
    line('THUNDER', 26, 872, { width: 588 }, { fill: salt, spacing: -0.02 }),
    native(film, 34, 560, 38, { fill: fire, weight: 700 }),
    credits(film, 34, 912, { fill: salt, size: 14 }),
  ].join('')
}

export const TELUGU_ART: Record<string, Art> = {
  'the-last-monsoon': theLastMonsoon,
  'double-chai': doubleChai,
  'nobody-upstairs': nobodyUpstairs,
  'kite-season': kiteSeason,
  'the-bidri-box': theBidriBox,
  'granite-heart': graniteHeart,
  'twelfth-man-ramana': twelfthManRamana,
  'salt-and-thunder': saltAndThunder,
}
