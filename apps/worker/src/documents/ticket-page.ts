// Measures (points) and colours of the printed ticket.

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89 }
export const MARGIN = 40
export const NIGHT = '#14110F'
export const PAPER = '#FBF7F0'
export const INK = '#1B1613'
export const MUTED = '#6A5D50'
export const RULE = '#DCD2C4'
export const SIGN = '#FFB224'
export const LIGHT = '#F4EFE6'
export const DIM = '#B5A99A'

export const HEAD_HEIGHT = 300
/** From the first line of what was paid to its total. */
export const AMOUNTS_HEIGHT = 112
export const POSTER = { width: 160, height: 240 }
/** 47 mm with the white around it: the code itself is 41 mm, and 40 is the least that an old scanner reads surely. */
export const QR_SIZE = (47 / 25.4) * 72
