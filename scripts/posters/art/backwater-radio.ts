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
  stroke,
  times,
  W,
} from '../draw.ts'

/** Rings of sound over still water, and a dial along the shore. */
export const draw: Art = (film) => {
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
