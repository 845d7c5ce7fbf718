import { type Art, circle, credits, ground, group, native, path, stack, stroke } from '../draw.ts'

/** A sky full of kites, every string held on one roof. */
export const draw: Art = (film) => {
  const [sky, ink, red, sun, leaf, white] = ['#6EC5E9', '#14284B', '#E4402F', '#FFCB3D', '#1E8F6A', '#FFF8EA']
  const kite = (x: number, y: number, size: number, turn: number, a: string, b: string) =>
    stroke(`M${x} ${y}Q${x + (330 - x) * 0.2} 700 330 836`, ink, 1.6, { opacity: 0.55 }) +
    group(
      [
        path(`M0 ${-size}L${size * 0.82} 0L0 ${size}L${-size * 0.82} 0Z`, a),
        path(`M0 ${-size}L${size * 0.82} 0L0 0Z M0 ${size}L${-size * 0.82} 0L0 0Z`, b),
        path(`M0 ${size}l${size * 0.2} ${size * 0.34}h${-size * 0.4}Z`, b),
      ],
      { transform: `translate(${x} ${y}) rotate(${turn})` },
    )
  return [
    ground(sky),
    circle(560, 690, 130, '#8FD5F1'),
    kite(108, 92, 60, 24, red, white),
    kite(566, 110, 74, -18, leaf, sun),
    kite(86, 566, 52, -30, sun, ink),
    kite(560, 540, 66, 20, red, sun),
    kite(176, 712, 30, 16, white, leaf),
    kite(470, 700, 24, -24, ink, white),
    stroke('M318 560Q350 700 330 836', ink, 3),
    group(
      [
        path('M0 -306L292 0L0 306L-292 0Z', sun),
        path('M0 -306L292 0H-292Z', red),
        stroke('M-292 0Q0 -190 292 0', white, 5),
        stack(['KITE'], { x: 0, y: -112, width: 280, most: 150 }, { fill: white, anchor: 'middle' }),
        stack(['SEASON'], { x: 0, y: 24, width: 390, most: 150 }, { fill: ink, anchor: 'middle' }),
        native(film, 0, 186, { width: 230, most: 36 }, { fill: red, anchor: 'middle', weight: 700 }),
      ],
      { transform: 'translate(320 330) rotate(-8)' },
    ),
    path('M0 846H96V816H190V850H300V836H372V858H470V806H560V842H640V960H0Z', ink),
    path('M322 836q8 -34 8 -36q10 18 12 36Z', ink),
    circle(331, 796, 8, ink),
    credits(film, 320, 914, { fill: sky, anchor: 'middle', size: 14 }),
  ].join('')
}
