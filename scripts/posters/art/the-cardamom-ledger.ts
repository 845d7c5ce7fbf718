import { type Art, circle, credits, ground, line, native, path, rect, stroke, times, W } from '../draw.ts'

/** Hills that turn into the ruled lines of an account book. */
export const draw: Art = (film) => {
  const [leaf, page, red, ink] = ['#2E5A36', '#F0E8CF', '#C8342A', '#1C2B1F']
  const greens = ['#86B26B', '#6B9C58', '#528649', '#41733F', '#356438', '#2A5432', '#20452A', '#17361F']
  return [
    ground('#F2D9A0'),
    circle(470, 130, 62, '#F7F0DA'),
    greens
      .map((colour, i) => {
        const flat = 1 - i / 8
        const y = 190 + i * 48
        const d = `M-10 ${y + 40 * flat}C80 ${y - 110 * flat} 170 ${y - 60 * flat} 240 ${y + 16 * flat}S420 ${y - 130 * flat} 500 ${y - 30 * flat}S620 ${y + 30 * flat} 660 ${y - 40 * flat}V960H-10Z`
        return path(d, colour) + stroke(d.replace('V960H-10Z', ''), page, 2.4, { opacity: 0.2 + i * 0.1 })
      })
      .join(''),
    rect(0, 578, W, 382, page),
    times(8, (i) => rect(0, 578 + i * 48, W, 2.4, leaf, { opacity: 0.5 })),
    rect(478, 190, 3, 770, red),
    rect(488, 400, 3, 560, red),
    line('THE CARDAMOM', 30, 668, { width: 424 }, { fill: ink, spacing: -0.01 }),
    line('LEDGER', 30, 812, { width: 424 }, { fill: ink, spacing: -0.01 }),
    ['1 9 9 4', '2 0 0 1', '2 0 0 8', '2 0 1 5', '2 0 2 4']
      .map((year, i) =>
        line(year, 566, 616 + i * 48, 28, { fill: i === 4 ? red : ink, weight: 500, stretch: 100, anchor: 'middle' }),
      )
      .join(''),
    stroke('M524 798Q566 820 612 794', red, 5),
    path('M250 386q26 -34 52 0Z', red),
    rect(274, 380, 4, 44, ink),
    path('M262 404h22l6 38h-34Z', ink),
    circle(273, 398, 9, ink),
    native(film, 30, 862, 32, { fill: red, weight: 700 }),
    credits(film, 30, 908, { fill: ink, size: 13 }),
  ].join('')
}
