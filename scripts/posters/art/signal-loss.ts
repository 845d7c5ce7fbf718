import { type Art, circle, clip, credits, ellipse, ground, group, line, rect, times, W } from '../draw.ts'

/** An eye or a transmission, torn sideways where it drops out. */
export const draw: Art = (film) => {
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
