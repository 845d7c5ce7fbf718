import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashSecret } from '../ids.ts'
import { makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { logoutUser } from './logout-user.ts'
import { refreshSession } from './refresh-session.ts'
import { openSession } from './refresh-tokens.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const revocations = { has: () => false, announce: async () => {}, close() {} }
const refresh = (refreshToken: string) =>
  refreshSession({ ...ctx, revocations }, { refreshToken }).then(
    (opened) => opened.refreshToken,
    () => null,
  )
const logout = (refreshToken: string) =>
  logoutUser({ ...ctx, revocations }, { actor: { kind: 'anonymous' }, refreshToken })

test('once a logout has answered, nothing of its session renews, whatever was under way', async () => {
  const user = await makeUser(ctx)
  const alive: string[] = []
  // Few at a time, or they would queue for connections and never meet.
  const lane = async () => {
    for (let pair = 0; pair < 100; pair++) {
      const { refreshToken } = await openSession(ctx, user)
      const [renewed] = await Promise.all([refresh(refreshToken), logout(refreshToken)])
      for (const left of [refreshToken, renewed]) if (left && (await refresh(left))) alive.push(left)
    }
  }
  await Promise.all([lane(), lane(), lane()])
  expect(alive).toEqual([])
  expect(await ctx.db.refreshToken.count({ where: { userId: user.id, revokedAt: null } })).toBe(0)
})

test('a logout waits for the renewal that came first, and ends what it made', async () => {
  const { refreshToken } = await openSession(ctx, await makeUser(ctx))
  const { familyId } = await ctx.db.refreshToken.findUniqueOrThrow({ where: { tokenHash: hashSecret(refreshToken) } })
  const renewal = await ctx.pool.connect()
  try {
    await renewal.query('begin')
    await renewal.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [familyId])
    let answered = false
    const ending = logout(refreshToken).then(() => {
      answered = true
    })
    await expect
      .poll(
        async () =>
          (await ctx.pool.query(`select 1 from pg_locks where locktype = 'advisory' and not granted`)).rowCount,
      )
      .toBe(1)
    expect(answered).toBe(false)
    await renewal.query(
      `insert into refresh_tokens (id, user_id, family_id, token_hash, expires_at, created_at)
       select gen_random_uuid(), user_id, family_id, 'its successor', expires_at, now() from refresh_tokens where token_hash = $1`,
      [hashSecret(refreshToken)],
    )
    await renewal.query('commit')
    await ending
  } finally {
    renewal.release()
  }
  expect(await ctx.db.refreshToken.count({ where: { familyId, revokedAt: null } })).toBe(0)
})
