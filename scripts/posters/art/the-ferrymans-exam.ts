import { type Art, circle, credits, ground, line, native, rect, stack } from '../draw.ts'

/** An answer sheet whose filled bubbles make a boat. */
export const draw: Art = (film) => {
  const [pink, ink, water] = ['#F6D9CF', '#2B2440', '#2F78B7']
  const rows = [
    '..............',
    '.......k......',
    '......kkk.....',
    '.......k......',
    '......kkk..k..',
    '......kkkkkk..',
    '......kkk.k...',
    '......kkk.k...',
    'kk....kkkk..kk',
    '.kkkkkkkkkkkk.',
    '..kkkkkkkkkk..',
    '...kkkkkkkkk..',
    'wwwwwwwwwkwwww',
    '.www.wwww.kwww',
    'ww.wwww.wwww.w',
    '..www..www..ww',
  ]
  return [
    ground(pink),
    rect(24, 24, 592, 912, 'none', { stroke: ink, 'stroke-width': 4 }),
    rect(24, 24, 592, 214, ink),
    stack(['THE FERRYMAN’S', 'EXAM'], { x: 46, y: 50, width: 400, gap: 14, most: 146 }, { fill: pink }),
    rect(474, 50, 120, 164, 'none', { stroke: pink, 'stroke-width': 3 }),
    line('ROLL NO.', 534, 76, 17, { fill: pink, anchor: 'middle', weight: 600, stretch: 100 }),
    line('40', 534, 182, 116, { fill: '#F2A48C', anchor: 'middle', weight: 800 }),
    rows
      .map((row, y) =>
        [...row]
          .map((cell, x) =>
            circle(58 + x * 40.3, 276 + y * 36, 14.5, cell === 'k' ? ink : cell === 'w' ? water : 'none', {
              stroke: cell === 'w' ? water : ink,
              'stroke-width': 2.4,
              'stroke-opacity': cell === '.' ? 0.35 : 1,
            }),
          )
          .join(''),
      )
      .join(''),
    native(film, 46, 878, 32, { fill: ink, weight: 700 }),
    credits(film, 46, 908, { fill: ink, size: 11.5 }),
  ].join('')
}
