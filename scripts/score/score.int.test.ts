import { testDatabase } from '@marquee/core/testing/services'
import { expect, test } from 'vitest'
import { runScore } from './run-score.ts'
import { failures } from './table.ts'

test('some hours at three cinemas with their faults: nothing false, nothing missed, everybody told once, politely', {
  timeout: 60_000,
}, async () => {
  const database = await testDatabase()
  try {
    const { score, driven } = await runScore(database, {
      films: 6,
      days: 0.2,
      seed: 'short',
      faultsPerDay: 2,
      skins: ['next-data', 'savoy', 'plain-rtl'],
      start: new Date('2027-03-27T18:00:00Z'),
    })
    expect(failures(score)).toEqual([])
    expect(score.sales).toBeGreaterThan(1)
    expect(score.found).toBe(score.sales)
    expect(score.peopleDue).toBeGreaterThan(1)
    expect(driven.looks).toBeGreaterThan(50)
    for (const { politeness } of score.sites) expect(politeness.pages).toBeGreaterThan(3)
  } finally {
    await database.drop()
  }
})
