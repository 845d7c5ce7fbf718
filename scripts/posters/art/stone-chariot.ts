import {
  type Art,
  circle,
  credits,
  ground,
  group,
  native,
  path,
  polar,
  rect,
  stack,
  stroke,
  times,
  W,
} from '../draw.ts'

/** A wheel larger than the sheet, a quarter turned. */
export const draw: Art = (film) => {
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
