import { type Figure, GOALS, type Goal, type GoalId, levelOf } from './goals.ts'

export const perSecond = (value: number) => `${Math.round(value).toLocaleString('en-GB')}/s`
const decimals = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)
const number = (value: number, unit: Goal['unit']) => `${value.toFixed(decimals(value))}${unit && ` ${unit}`}`

/** One row a goal, in the order of the goals; as Markdown, so that it can be put into the README as it is. */
export function printTable(figures: Figure[]): void {
  const sorted = figures.toSorted((a, b) => numberOf(a.goal) - numberOf(b.goal) || a.goal.localeCompare(b.goal))
  const rows = [
    ['goal', 'what', 'ours', 'peer', 'value', 'gate', 'target', 'moonshot', 'reached', ''],
    ...sorted.map((figure) => row(figure)),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)))
  rows.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  )
  for (const cells of rows) console.log(`| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`)
}

function row(figure: Figure): string[] {
  const goal: Goal = GOALS[figure.goal]
  const level = levelOf(figure)
  const sign = goal.better === 'more' ? '>=' : '<='
  const bound = (value: number) => `${sign} ${value}${goal.unit && ` ${goal.unit}`}`
  return [
    figure.goal,
    goal.what,
    figure.ours,
    goal.peer && `${figure.peer ?? ''} ${goal.peer}`.trim(),
    number(figure.value, goal.unit),
    bound(goal.gate),
    bound(goal.target),
    bound(goal.moonshot),
    level === 'FAIL' ? '-' : level,
    verdictOf(figure),
  ]
}

function verdictOf(figure: Figure): string {
  if (levelOf(figure) !== 'FAIL') return 'PASS'
  return `FAIL${figure.failed ? `: ${figure.failed}` : ''}`
}

export const numberOf = (goal: string) => Number.parseInt(goal, 10)
export const goalNumbers = [...new Set((Object.keys(GOALS) as GoalId[]).map(numberOf))]
