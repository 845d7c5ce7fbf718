import { expect, test } from 'vitest'
import { narrowChoices } from './narrow-choices.ts'

const all = ['aurora', 'beacon', 'capitol'].map((slug) => ({ slug, label: slug.toUpperCase() }))
const labels = (possible: string[] | null, chosen = '') => narrowChoices(all, possible, chosen).map((one) => one.label)

test('everything until it is known what goes together, then only that', () => {
  expect(labels(null)).toEqual(['AURORA', 'BEACON', 'CAPITOL'])
  expect(labels(['capitol'])).toEqual(['CAPITOL'])
  expect(labels([])).toEqual([])
})

test('what was chosen stays in the list and says that it does not go with the rest', () => {
  expect(labels(['capitol'], 'beacon')).toEqual(['BEACON (not that day)', 'CAPITOL'])
  expect(labels(['beacon'], 'beacon')).toEqual(['BEACON'])
})
