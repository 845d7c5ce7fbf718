import { type Art, circle, credits, ground, group, line, native, path, stroke } from '../draw.ts'

/** Cut paper: moons on threads over folded hills. */
export const draw: Art = (film) => {
  const [coral, wine, blush, cream] = ['#E88A72', '#7A1F3D', '#F5C7B4', '#FFF1DF']
  const moon = (x: number, y: number, r: number, phase: number) =>
    stroke(`M${x} 0V${y - r}`, cream, 2, { opacity: 0.8 }) +
    group(
      phase === 0
        ? circle(x, y, r, cream)
        : path(
            `M${x} ${y - r}A${r} ${r} 0 0 1 ${x} ${y + r}A${r * Math.abs(phase)} ${r} 0 0 ${phase > 0 ? 0 : 1} ${x} ${y - r}Z`,
            cream,
            { transform: `rotate(-18 ${x} ${y})` },
          ),
      { filter: 'url(#paper)' },
    )
  return [
    ground(coral),
    circle(320, 330, 300, '#EF9C83'),
    circle(320, 330, 226, '#F3AD95'),
    moon(92, 190, 46, 1.5),
    moon(206, 420, 58, 1.3),
    moon(338, 262, 120, 0),
    moon(494, 440, 52, 0.6),
    moon(566, 150, 40, 0.4),
    group(path('M0 610Q150 520 320 590T640 540V960H0Z', blush), { filter: 'url(#paper)' }),
    group(path('M0 676Q120 620 270 670T640 620V960H0Z', '#C9506A'), { filter: 'url(#paper)' }),
    group(path('M0 730Q200 660 360 726T640 700V960H0Z', wine), { filter: 'url(#paper)' }),
    line(
      'Paper Moons',
      320,
      826,
      { width: 570 },
      { fill: cream, anchor: 'middle', weight: 700, stretch: 80, spacing: -0.03 },
    ),
    native(film, 320, 878, 36, { fill: coral, anchor: 'middle' }),
    credits(film, 320, 916, { fill: blush, anchor: 'middle', size: 13, lead: 'Written and directed by' }),
  ].join('')
}
