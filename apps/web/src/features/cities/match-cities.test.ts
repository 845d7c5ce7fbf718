import type { City } from '@marquee/contracts/cities'
import { expect, test } from 'vitest'
import { matchCities } from './match-cities.ts'

const city = (name: string, region: string, aliases: string[]) => ({ name, region, aliases }) as City
const cities = [
  city('Hyderabad', 'Telangana', ['Secunderabad', 'హైదరాబాద్']),
  city('Chennai', 'Tamil Nadu', ['Madras']),
  city('Madurai', 'Tamil Nadu', []),
]
const names = (text: string) => matchCities(cities, text).map(({ name }) => name)

test('finds names, old names, scripts and regions', () => {
  expect(names('')).toEqual(['Hyderabad', 'Chennai', 'Madurai'])
  expect(names('mad')).toEqual(['Chennai', 'Madurai'])
  expect(names('  HYDER ')).toEqual(['Hyderabad'])
  expect(names('హైద')).toEqual(['Hyderabad'])
  expect(names('tamil')).toEqual(['Chennai', 'Madurai'])
  expect(names('zz')).toEqual([])
})

test('what starts with the typed text comes before what contains it', () => {
  expect(matchCities([cities[0] as City, city('Bad Homburg', 'Hesse', [])], 'bad').map(({ name }) => name)).toEqual([
    'Bad Homburg',
    'Hyderabad',
  ])
})
