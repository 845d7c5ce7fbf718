import { type Art, circle, credits, ellipse, ground, line, native, path, rect, stroke } from '../draw.ts'

/** An umbrella for a turban, and a moustache for everything else. */
export const draw: Art = (film) => {
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
