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
  rect,
  stroke,
  times,
  W,
} from '../draw.ts'

/** A numeral the size of the sheet, with a lit house in its eye. */
export const draw: Art = (film) => {
  const [forest, fog, lamp, berry, black] = ['#1D2B22', '#DDE2CC', '#F3B83F', '#B5202B', '#0B120E']
  const next = dice(9)
  const berries = [
    [70, 420],
    [92, 446],
    [62, 456],
    [584, 700],
    [606, 676],
    [566, 672],
    [548, 96],
    [574, 84],
    [562, 118],
  ]
  return [
    ground(forest),
    times(40, () => {
      const [x, y, turn] = [next() * W, next() * H, next() * 360]
      return path('M0 0C26 -22 60 -22 90 0C60 22 26 22 0 0Z', '#263A2D', {
        transform: `translate(${x} ${y}) rotate(${turn})`,
      })
    }),
    group(
      [
        path(
          'M320 44C160 44 84 150 84 276C84 400 170 486 296 486C350 486 394 470 424 440C412 590 340 690 196 732L236 838C470 772 560 580 560 330C560 150 476 44 320 44Z',
          fog,
        ),
        ellipse(320, 272, 122, 124, black),
        clip(
          ellipse(320, 272, 122, 124, '#fff'),
          [
            circle(372, 208, 24, '#EAE6CF'),
            path('M190 344Q260 300 330 330T460 318V420H190Z', '#15211A'),
            path('M256 322L316 276L376 322Z', '#35463A'),
            rect(268, 320, 96, 50, '#22301F'),
            rect(306, 334, 20, 36, lamp),
            rect(278, 332, 16, 16, '#5a4a20'),
            rect(340, 332, 16, 16, lamp),
            stroke('M316 370Q316 390 300 400', lamp, 5, { opacity: 0.5 }),
          ].join(''),
        ),
      ],
      { transform: 'translate(24 6) scale(.92)' },
    ),
    berries.map(([x, y]) => circle(x!, y!, 15, berry) + circle(x! - 5, y! - 5, 4, '#E8707A')).join(''),
    stroke('M30 470Q70 430 110 380M610 720Q580 690 530 640M600 60Q570 90 530 140', '#4C6B52', 4),
    line('ESTATE NUMBER NINE', 320, 868, { width: 584 }, { fill: fog, anchor: 'middle', weight: 600, spacing: 0.02 }),
    native(film, 34, 716, { width: 176, most: 30 }, { fill: lamp, weight: 700 }),
    credits(film, 320, 914, { fill: fog, anchor: 'middle', size: 13 }),
  ].join('')
}
