import { type Art, credits, ground, line, native, path, rect, W } from '../draw.ts'

/** Salt heaps under a bolt that divides the title. */
export const draw: Art = (film) => {
  const [storm, salt, fire, slate] = ['#1B1F2A', '#F4F1E8', '#FF8A2B', '#39414F']
  const heap = (x: number, foot: number, size: number) =>
    path(`M${x} ${foot - size}L${x + size * 0.92} ${foot}H${x - size * 0.92}Z`, salt) +
    path(`M${x} ${foot - size}L${x + size * 0.92} ${foot}H${x + size * 0.1}Z`, '#BFC3C7') +
    path(`M${x - size * 0.92} ${foot + 5}H${x + size * 0.92}L${x} ${foot + size * 0.55}Z`, salt, { opacity: 0.16 })
  return [
    ground(storm),
    path('M0 0H640V190Q560 250 480 214Q400 270 300 226Q180 280 110 220Q50 240 0 206Z', '#11141C'),
    path('M0 0H640V96Q540 160 420 120Q280 180 160 118Q70 150 0 110Z', slate, { opacity: 0.6 }),
    rect(0, 594, W, 10, fire),
    rect(0, 604, W, 356, '#262C3A'),
    path('M420 0L250 330H356L268 596L470 268H366L520 0Z', fire),
    path('M448 0L290 306H388L268 596L436 290H342L494 0Z', '#FFE3B0'),
    heap(110, 650, 62),
    heap(540, 656, 70),
    heap(438, 634, 34),
    heap(216, 632, 30),
    heap(322, 704, 118),
    line('SALT', 30, 160, { width: 250 }, { fill: salt, spacing: -0.02 }),
    line('AND', 34, 206, 40, { fill: fire, weight: 700 }),
    line('THUNDER', 26, 872, { width: 588 }, { fill: salt, spacing: -0.02 }),
    native(film, 34, 560, 38, { fill: fire, weight: 700 }),
    credits(film, 34, 912, { fill: salt, size: 14 }),
  ].join('')
}
