import {
  type Art,
  circle,
  clip,
  credits,
  ellipse,
  ground,
  group,
  line,
  native,
  path,
  rect,
  stroke,
  times,
  W,
} from '../draw.ts'

/** One face in seven strips that do not agree. */
export const draw: Art = (film) => {
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
