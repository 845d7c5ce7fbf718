import { type Art, circle, credits, ground, group, line, path, rect, stack, stroke, W } from '../draw.ts'

/** One wire across the desert, and the riders who want it mended. */
export const draw: Art = (film) => {
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
