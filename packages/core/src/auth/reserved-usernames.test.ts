import { expect, test } from 'vitest'
import { isReservedUsername } from './reserved-usernames.ts'

test.each([
  'admin',
  'Admin',
  'SUPPORT',
  'root',
  'help',
  'marquee',
  'MarqueeTickets',
  'the.marquee',
  'm4rquee',
  'no-reply',
  'supp0rt',
  'adm1n',
  'a.d.m.i.n',
  'support24',
  'help.desk',
  'customer_care',
  'refunds',
])('%s would be taken for the house', (name) => expect(isReservedUsername(name)).toBe(true))

test.each([
  'asha',
  'film.buff1',
  'badminton',
  'rootbeer',
  'helpful',
  'ticketeer',
  'suppo',
  'user_of_trains',
  '007',
  'madmind',
  'marque',
])('%s is anybody’s', (name) => expect(isReservedUsername(name)).toBe(false))
