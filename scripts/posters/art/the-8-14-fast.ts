import { type Art, circle, credits, ground, group, line, native, rect, stroke, times, W } from '../draw.ts'

/** A line diagram with a train that skips every stop. */
export const draw: Art = (film) => {
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
