import { expect, test } from 'vitest'
import { openDatabase } from './db.ts'
import { classifyFault } from './faults.ts'
import { RedisAway } from './redis.ts'

test('a database that is not there', async () => {
  const { pool, db } = openDatabase('postgresql://nobody@127.0.0.1:1/nothing', 2, () => {})
  const failures = await Promise.all([
    pool.query('select 1').catch((error: unknown) => error),
    db.user.findFirst().catch((error: unknown) => error),
    db.$queryRaw`select 1`.catch((error: unknown) => error),
    db.$transaction(async (tx) => tx.user.count()).catch((error: unknown) => error),
  ])
  expect(failures.map(classifyFault)).toEqual(['unavailable', 'unavailable', 'unavailable', 'unavailable'])
  await pool.end()
})

test.each([
  [new RedisAway(), 'unavailable'],
  [new Error('Connection terminated unexpectedly'), 'unavailable'],
  [Object.assign(new Error('no'), { code: '57P01' }), 'unavailable'],
  [new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNREFUSED' }) }), 'unavailable'],
  [Object.assign(new Error('no'), { code: 'P2028' }), 'unavailable'],
  [Object.assign(new Error('no'), { code: 'P2002' }), 'conflict'],
  [
    Object.assign(new Error('no'), {
      code: 'P2039',
      meta: { driverAdapterError: { cause: { originalCode: '23P01' } } },
    }),
    'conflict',
  ],
  [
    Object.assign(new Error('no'), {
      code: 'P2039',
      meta: { driverAdapterError: { cause: { originalCode: '23514' } } },
    }),
    null,
  ],
  [Object.assign(new Error('no'), { code: '22021' }), 'invalid'],
  [Object.assign(new Error('no'), { code: '22P05' }), 'invalid'],
  [
    Object.assign(new Error('no'), {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode: '22008' } } },
    }),
    'invalid',
  ],
  [Object.assign(new Error('no'), { code: '42601' }), null],
  [new TypeError('x is undefined'), null],
  [undefined, null],
  ['a string', null],
])('%s is %s', (error, kind) => {
  expect(classifyFault(error)).toBe(kind)
})
