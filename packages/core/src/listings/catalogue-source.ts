/** Our own catalogue as a source: always there, never looked at, it tells of every change. */
export const CATALOGUE_SOURCE = 'marquee'
