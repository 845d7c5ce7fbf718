import { type AlertFilm, CreateAlertBody } from '@marquee/contracts/alerts'
import { expect, test } from 'vitest'
import { type AlertDraft, bodyOf, draftProblems, NEW_SETTINGS } from './alert-draft.ts'

const film = { key: 'movie:1', title: 'Leo' } as AlertFilm
const draft: AlertDraft = {
  ...NEW_SETTINGS,
  name: 'Asha',
  phone: '+919876543210',
  email: 'Asha@Example.com ',
  city: 'hyderabad',
  film,
  channels: ['call', 'email'],
}
const TODAY = '2026-11-21'

test('an empty form says everything that is missing', () => {
  const empty = { ...NEW_SETTINGS, name: ' ', phone: '', email: '', city: '', film: null }
  expect(Object.keys(draftProblems(empty, TODAY)).sort()).toEqual(['channels', 'city', 'film', 'name'])
  expect(draftProblems({ ...empty, channels: ['sms', 'email'] }, TODAY)).toMatchObject({
    phone: 'Enter the number that we shall call or text.',
    email: 'Enter an email address, for example asha@example.com.',
  })
})

test('what no chosen way needs may be left empty, and half a number may not', () => {
  expect(draftProblems({ ...draft, phone: '', channels: ['email'] }, TODAY)).toEqual({})
  expect(draftProblems({ ...draft, email: 'nonsense', channels: ['call'] }, TODAY)).toEqual({})
  expect(draftProblems({ ...draft, phone: '+91123' }, TODAY).phone).toMatch(/^Enter the number with its country/)
})

test('days that are over or the wrong way round', () => {
  expect(draftProblems({ ...draft, dateFrom: '2026-11-20' }, TODAY).showings).toMatch(/over/)
  expect(draftProblems({ ...draft, dateFrom: '2026-11-25', dateTo: '2026-11-24' }, TODAY).showings).toMatch(/before/)
  expect(draftProblems({ ...draft, dateFrom: '2026-11-24', dateTo: '2026-11-24' }, TODAY)).toEqual({})
})

test('the body is what the API takes, without what nobody asked for', () => {
  const body = bodyOf(draft, film, 'v1')
  expect(CreateAlertBody.parse(body)).toMatchObject({ email: 'asha@example.com', phone: '+919876543210' })
  expect(bodyOf({ ...draft, channels: ['email'] }, film, 'v1')).not.toHaveProperty('phone')
  expect(body.filters).toMatchObject({ dateFrom: null, timeTo: null, theatreIds: [] })
})
