import { type Art, circle, credits, ground, group, line, native, rect, stroke } from '../draw.ts'

/** A blackboard, a sum, and a line that children reach across. */
export const draw: Art = (film) => {
  const [board, chalk, wood, yellow] = ['#23443A', '#F2EFE4', '#A8703C', '#F2C14E']
  const child = (x: number, y: number, arms: string, colour: string) =>
    circle(x, y - 66, 17, 'none', { stroke: colour, 'stroke-width': 5 }) +
    stroke(`M${x} ${y - 49}V${y - 14}M${x} ${y - 14}l-15 36M${x} ${y - 14}l15 36${arms}`, colour, 5)
  return [
    ground(wood),
    rect(22, 22, 596, 866, board),
    rect(22, 22, 596, 130, '#fff', { opacity: 0.04 }),
    rect(22, 500, 596, 200, '#fff', { opacity: 0.035 }),
    group(
      [
        line('LONG', 208, 200, { width: 370 }, { fill: chalk, weight: 700, spacing: -0.01 }),
        stroke('M184 420Q216 330 182 226H592', chalk, 9),
        line('2', 66, 388, 190, { fill: yellow, weight: 600, stretch: 75 }),
        line('DIVISION', 212, 378, { width: 374 }, { fill: chalk, weight: 700, spacing: -0.01 }),
        stroke('M212 414H588', chalk, 5),
        line('1 9 4 7', 214, 496, 92, { fill: chalk, weight: 300, stretch: 100, opacity: 0.75 }),
        line('− 1 9 4 6', 168, 588, 92, { fill: chalk, weight: 300, stretch: 100, opacity: 0.75 }),
        stroke('M210 616H520', chalk, 5, { opacity: 0.8 }),
        line('1', 458, 700, 92, { fill: yellow, weight: 600, stretch: 100 }),
        stroke('M320 660V880', chalk, 5, { 'stroke-dasharray': '12 12' }),
        child(96, 800, 'M96 776l-20 24M96 776l46 8', chalk),
        child(188, 800, 'M188 776l-46 8M188 776l46 8', chalk),
        child(278, 800, 'M278 776l-44 8M278 776l42 4', yellow),
        child(362, 800, 'M362 776l-42 4M362 776l44 8', yellow),
        child(450, 800, 'M450 776l-44 8M450 776l46 8', chalk),
        child(540, 800, 'M540 776l-44 8M540 776l20 24', chalk),
      ],
      { filter: 'url(#chalk)' },
    ),
    native(film, 594, 868, 32, { fill: yellow, anchor: 'end' }),
    credits(film, 34, 916, { fill: '#2a1a0a', size: 13 }),
  ].join('')
}
