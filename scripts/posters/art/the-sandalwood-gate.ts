import { type Art, circle, credits, ground, line, native, path, rect, stroke, times, W } from '../draw.ts'

/** Arch within arch within arch, and somebody small at the end of them. */
export const draw: Art = (film) => {
  const tones = ['#5B1F12', '#8C3B1F', '#B25A2B', '#CC7B3C', '#E0A05A', '#EDC281', '#F7E3B5']
  const [deep, pale] = ['#3A110A', '#F7E3B5']
  const arch = (i: number) => {
    const half = 300 - i * 40
    const spring = 320 + i * 30
    const crown = 24 + i * 44
    return `M${320 - half} 720V${spring}C${320 - half} ${spring - 130 + i * 8} ${320 - half * 0.42} ${crown + 90} 320 ${crown}C${320 + half * 0.42} ${crown + 90} ${320 + half} ${spring - 130 + i * 8} ${320 + half} ${spring}V720Z`
  }
  return [
    ground(deep),
    times(12, (i) =>
      times(9, (j) => circle(30 + j * 72.5, 30 + i * 62, 7, '#54190E') + circle(30 + j * 72.5, 30 + i * 62, 3, deep)),
    ),
    tones
      .map(
        (tone, i) =>
          path(arch(i), tone) +
          stroke(arch(i), i < 5 ? pale : '#B25A2B', 2, { opacity: 0.5, 'stroke-dasharray': i % 2 ? '2 9' : undefined }),
      )
      .join(''),
    path('M306 720L310 640Q300 620 310 604Q306 580 320 576Q334 580 330 604Q340 620 330 640L336 720Z', deep),
    path('M320 720L250 960H390Z', pale, { opacity: 0.14 }),
    rect(0, 720, W, 240, deep),
    path('M306 720H336L372 800H280Z', '#6b2a18'),
    line('THE', 320, 774, 36, { fill: '#E0A05A', anchor: 'middle', weight: 600, spacing: 0.2, stretch: 100 }),
    line(
      'SANDALWOOD',
      320,
      838,
      { width: 540, most: 90 },
      { fill: pale, anchor: 'middle', weight: 600, stretch: 100, spacing: 0.02 },
    ),
    line('GATE', 96, 890, 48, { fill: pale, weight: 600, stretch: 100, spacing: 0.02 }),
    native(film, 544, 886, { width: 280, most: 34 }, { fill: '#E0A05A', anchor: 'end', weight: 600 }),
    credits(film, 320, 920, { fill: '#EDC281', anchor: 'middle', size: 12.5 }),
  ].join('')
}
