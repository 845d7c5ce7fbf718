import { expect, it } from 'vitest'
import { closestTitles } from './closest-titles.ts'

const titles = [
  { id: 'a', title: 'The Lantern Makers', nativeTitle: null },
  { id: 'b', title: 'Monsoon Mathematics', nativeTitle: null },
  { id: 'c', title: 'Kaagaz Ki Naav', nativeTitle: 'कागज़ की नाव' },
]

it.each([
  ['lantrn', ['a']],
  ['The Lantern Mkaers', ['a']],
  ['monson mathematics', ['b']],
  ['mathmatics', ['b']],
  ['kagaz ki nav', ['c']],
  ['कागज की नाव', ['c']],
  ['spaceship', []],
  ['x', []],
])('%s', (asked, ids) => {
  expect(closestTitles(asked, titles)).toEqual(ids)
})

it('puts the nearest first', () => {
  const near = [
    { id: 'far', title: 'Lantern Nights Forever', nativeTitle: null },
    { id: 'near', title: 'Lantern', nativeTitle: null },
  ]
  expect(closestTitles('lanten', near)[0]).toBe('near')
})
