import { type Art, circle, credits, ground, H, line, native, path, rect, W } from '../draw.ts'

/** The title climbs the stairs towards the one open door. */
export const draw: Art = (film) => {
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
