import { type Art, circle, credits, dice, ground, group, H, native, path, rect, stack, times, W } from '../draw.ts'

/** The title is the hill: four courses of stone, split by one red fissure. */
export const draw: Art = (film) => {
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
