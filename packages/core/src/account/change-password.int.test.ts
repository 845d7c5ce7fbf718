import { afterAll, beforeAll, expect, test } from 'vitest'
import { loginUser } from '../auth/login-user.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { MOST_SESSIONS, openSession } from '../auth/refresh-tokens.ts'
import { hashSecret, newId } from '../ids.ts'
import { makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { changePassword } from './change-password.ts'
import { endAllSessions } from './end-all-sessions.ts'

const PASSWORD = 'two samosas please'
const network = '192.0.2.1'
const revocations = { has: () => false, announce: async () => {}, close() {} }

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { RATE_LIMIT_SCALE: '1' } })
})
afterAll(() => ctx.close())

const actorOf = (userId: string) => ({ kind: 'user', userId, role: 'customer', jti: newId() }) as const
const change = (userId: string, currentPassword: string, from = network) =>
  changePassword({ ...ctx, revocations }, actorOf(userId), {
    currentPassword,
    newPassword: 'lamps in the foyer',
    network: from,
  })
const refresh = (refreshToken: string) =>
  refreshSession({ ...ctx, revocations }, { refreshToken }).then(
    (opened) => opened.refreshToken,
    () => null,
  )

test('who guesses with a token that was stolen is stopped, and the owner is not', async () => {
  const user = await makeUser(ctx, { password: PASSWORD })
  const guess = () => change(user.id, 'a guess').catch((error: { code: string }) => error.code)
  const answers: unknown[] = []
  for (let i = 0; i < 12; i++) answers.push(await guess())
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 'VALIDATION'), 'RATE_LIMITED', 'RATE_LIMITED'])
  await expect(change(user.id, PASSWORD)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  await expect(change(user.id, PASSWORD, '198.51.100.7')).resolves.toMatchObject({ refreshToken: expect.any(String) })
})

test('a sign-in that was under way with the old password opens nothing', async () => {
  const user = await makeUser(ctx, { password: PASSWORD })
  const changing = await ctx.pool.connect()
  try {
    await changing.query('begin')
    await changing.query(`update users set password_hash = 'another' where id = $1`, [user.id])
    const login = loginUser(ctx, { identifier: user.email ?? '', password: PASSWORD, network }).catch(
      (error: { code: string }) => error.code,
    )
    // The password was right when it was looked at; what follows waits for the change.
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    await expect.poll(async () => (await ctx.pool.query(waiting)).rowCount).toBe(1)
    await changing.query('commit')
    expect(await login).toBe('UNAUTHENTICATED')
  } finally {
    changing.release()
  }
  expect(await ctx.db.refreshToken.count({ where: { userId: user.id } })).toBe(0)
})

test('once everything is ended nothing renews, whatever was under way', async () => {
  const alive: string[] = []
  const lane = async () => {
    for (let round = 0; round < 30; round++) {
      const user = await makeUser(ctx)
      const opened = await Promise.all([openSession(ctx, user), openSession(ctx, user)])
      const [renewed] = await Promise.all([
        Promise.all(opened.map(({ refreshToken }) => refresh(refreshToken))),
        endAllSessions({ ...ctx, revocations }, actorOf(user.id)),
      ])
      for (const left of [...opened.map(({ refreshToken }) => refreshToken), ...renewed])
        if (left && (await refresh(left))) alive.push(left)
    }
  }
  await Promise.all([lane(), lane(), lane()])
  expect(alive).toEqual([])
})

test('an account without a password is told how to get one', async () => {
  const user = await makeUser(ctx)
  await expect(change(user.id, 'anything')).rejects.toMatchObject({ code: 'VALIDATION' })
})

test('of more than a hundred sessions the one used longest ago ends, with its access tokens', async () => {
  const user = await makeUser(ctx)
  const opened: string[] = []
  // A millisecond apart at least: of two at the same moment either may end.
  const began = Date.now()
  for (let i = 0; i < MOST_SESSIONS + 2; i++) {
    const clock = { now: () => new Date(began + i) }
    opened.push((await openSession({ ...ctx, clock }, user)).refreshToken)
  }
  const alive = await ctx.db.refreshToken.findMany({ where: { userId: user.id, revokedAt: null } })
  expect(alive).toHaveLength(MOST_SESSIONS)
  const [first, second] = await ctx.db.refreshToken.findMany({
    where: { userId: user.id, revokedAt: { not: null } },
    orderBy: { createdAt: 'asc' },
  })
  expect([first, second].map((row) => row?.tokenHash)).toEqual(opened.slice(0, 2).map(hashSecret))
  const ended = [first, second].map((row) => row?.familyId ?? '')
  expect(await ctx.db.revokedToken.count({ where: { jti: { in: ended } } })).toBe(2)
  await endAllSessions({ ...ctx, revocations }, actorOf(user.id))
  expect(await ctx.db.refreshToken.count({ where: { userId: user.id, revokedAt: null } })).toBe(0)
})
