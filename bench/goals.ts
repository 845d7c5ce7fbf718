/** How far a figure should be: what must hold anywhere, what a release should reach, and what is near the physical limit. */
export type Goal = {
  what: string
  peer: string
  unit: '' | 'ms' | 'KiB' | 'KB'
  /** Which way is better. */
  better: 'more' | 'less'
  gate: number
  target: number
  moonshot: number
}

const goal = (
  what: string,
  peer: string,
  better: Goal['better'],
  unit: Goal['unit'],
  [gate, target, moonshot]: [number, number, number],
): Goal => ({ what, peer, unit, better, gate, target, moonshot })

/** The number before the letter is what `npm run bench 4` selects. */
export const GOALS = {
  '1': goal('hold endpoint, requests/s', 'Fastify hello', 'more', '', [0.25, 0.35, 0.5]),
  '2': goal('hold endpoint, requests/s', 'raw calls of hold.lua', 'more', '', [0.25, 0.4, 0.55]),
  '3': goal('hold endpoint, requests/s', 'the naive build', 'more', '', [2.5, 3.5, 5]),
  '4a': goal('hold endpoint, p99 at 50 connections', '', 'less', 'ms', [25, 10, 5]),
  '4b': goal('hold endpoint, p99 at 500 connections', '', 'less', 'ms', [150, 60, 30]),
  '5': goal('Redis time per hold, growth 10 to 10,000 showtimes', 'itself', 'less', '', [0.1, 0.05, 0.02]),
  '6a': goal('Redis time per hold, growth 216 to 2,000 seats', 'itself', 'less', '', [0.15, 0.05, 0]),
  '6b': goal('reading the seat map, growth 216 to 2,000 seats', 'itself', 'less', '', [0.15, 0.05, 0]),
  '7a': goal('payments settled/s, by the verb', 'the SQL function alone', 'more', '', [0.6, 0.9, 1]),
  '7b': goal('payments settled/s, signed webhooks over HTTP', 'the SQL function alone', 'more', '', [0.4, 0.6, 0.85]),
  '8': goal('whole sales/s, one process', 'the SQL function alone', 'more', '', [0.2, 0.3, 0.5]),
  '9a': goal('500 guests hold one seat: one wins, all know', '', 'less', 'ms', [300, 100, 60]),
  '9b': goal('500 guests claim one seat in Postgres', '', 'less', 'ms', [300, 100, 60]),
  '10': goal('one change to a full room, last viewer', 'raw socket writes', 'less', '', [1.4, 1.15, 1]),
  '11': goal('500 changes/s to a full room, p99', '', 'less', 'ms', [300, 150, 100]),
  '12a': goal('seat map, 216 seats', 'Fastify hello', 'more', '', [0.6, 0.8, 1]),
  '12b': goal('seat map, 2,000 seats', 'Fastify hello', 'more', '', [0.6, 0.8, 1]),
  '12c': goal('seat map unchanged (304)', 'Fastify hello', 'more', '', [0.85, 1, 1.1]),
  '13a': goal('an ended hold is free to the next buyer after', '', 'less', 'ms', [0, 0, 0]),
  '13b': goal('an ended hold is shown as free after, p99', '', 'less', 'ms', [2000, 500, 250]),
  '14a': goal('10,000 people told of one opening/s', 'one SQL statement', 'more', '', [0.1, 0.2, 0.4]),
  '14b': goal('calls placed/s, 10,000 in line', 'the limit of the carrier', 'more', '', [0.9, 0.98, 1]),
  '14c': goal('furthest from their place in line', '', 'less', '', [64, 32, 16]),
  '14d': goal('seat map meanwhile, p99', 'before', 'less', '', [6, 3, 1.5]),
  '14e': goal('memory of the worker per person in line', '', 'less', 'KiB', [2, 1, 0.5]),
  '15a': goal('viewers joining/s', 'Fastify hello', 'more', '', [0.04, 0.08, 0.12]),
  '15b': goal('memory per viewer', '', 'less', 'KiB', [30, 15, 10]),
  '16': goal('hold endpoint without Redis', 'with Redis', 'more', '', [0.1, 0.2, 0.3]),
  '17a': goal('good answers/s at 2,000 connections', 'at 50', 'more', '', [0.8, 1, 1.2]),
  '18a': goal('first page, JavaScript (gzip)', '', 'less', 'KB', [180, 130, 60]),
  '18b': goal('first page, everything (gzip)', '', 'less', 'KB', [300, 250, 150]),
  '19': goal('our token check, requests/s', 'jsonwebtoken with a string', 'more', '', [3, 5, 10]),
} satisfies Record<string, Goal>

export type GoalId = keyof typeof GOALS
/** `ours` and `peer` as a person reads them; `value` is what the goal is about. */
export type Figure = {
  goal: GoalId
  ours: string
  peer?: string
  value: number
  failed?: string
}
export type Level = 'moonshot' | 'target' | 'gate' | 'FAIL'

export function levelOf(figure: Figure): Level {
  const bounds: Goal = GOALS[figure.goal]
  const reaches = (bound: number) => (bounds.better === 'more' ? figure.value >= bound : figure.value <= bound)
  if (figure.failed || Number.isNaN(figure.value)) return 'FAIL'
  if (reaches(bounds.moonshot)) return 'moonshot'
  if (reaches(bounds.target)) return 'target'
  return reaches(bounds.gate) ? 'gate' : 'FAIL'
}
