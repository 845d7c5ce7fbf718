import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { hashSecret } from '../ids.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { purgeSessions } from './purge-sessions.ts'
import { refreshSession } from './refresh-session.ts'
import { openSession } from './refresh-tokens.ts'
import { registerUser } from './register-user.ts'

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())

let people = 0
const newcomer = async () => {
  const email = `refresh${++people}@example.com`
  return registerUser(ctx, {
    name: 'Asha',
    email,
    password: 'two samosas please',
    proof: await makeProof(ctx, { email }),
  })
}
const ended = new Set<string>()
const revocations = {
  has: (id: string) => ended.has(id),
  announce: async (id: string) => {
    ended.add(id)
  },
  close() {},
}
const refresh = (refreshToken: string | undefined) => refreshSession({ ...ctx, revocations }, { refreshToken })
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' })
const familyOf = async (token: string) => {
  const { familyId } = await ctx.db.refreshToken.findUniqueOrThrow({ where: { tokenHash: hashSecret(token) } })
  return ctx.db.refreshToken.findMany({ where: { familyId }, orderBy: { createdAt: 'asc' } })
}

test('each token renews once and is followed by another, none of them kept as it is', async () => {
  const first = await newcomer()
  const second = await refresh(first.refreshToken)
  const third = await refresh(second.refreshToken)
  expect(new Set([first.refreshToken, second.refreshToken, third.refreshToken]).size).toBe(3)
  expect(third.session.user.id).toBe(first.session.user.id)
  const rows = await familyOf(first.refreshToken)
  expect(rows).toHaveLength(3)
  expect(JSON.stringify(rows)).not.toContain(third.refreshToken)
})

test('a used token that comes back later ends the session for whoever has it', async () => {
  const stolen = await newcomer()
  const owner = await refresh(stolen.refreshToken)
  clock.advance(10_001)
  await expect(refresh(stolen.refreshToken)).rejects.toThrow(refused)
  await expect(refresh(owner.refreshToken)).rejects.toThrow(refused)
  const family = await familyOf(stolen.refreshToken)
  expect(family.every((row) => row.revokedAt)).toBe(true)
  // What it has given out is refused by every process: told to those that run, written down for those that start.
  expect(ended).toContain(family[0]?.familyId)
  expect(await ctx.db.revokedToken.count({ where: { jti: family[0]!.familyId } })).toBe(1)
})

test('within the grace it gives the same successor, and never a second line', async () => {
  const first = await newcomer()
  const one = await refresh(first.refreshToken)
  clock.advance(9_000)
  const again = await refresh(first.refreshToken)
  expect(again.refreshToken).toBe(one.refreshToken)
  expect(await familyOf(first.refreshToken)).toHaveLength(2)
})

test('not even within the grace once the successor has been used', async () => {
  const first = await newcomer()
  const second = await refresh(first.refreshToken)
  const third = await refresh(second.refreshToken)
  await expect(refresh(first.refreshToken)).rejects.toThrow(refused)
  await expect(refresh(third.refreshToken)).rejects.toThrow(refused)
})

test('twenty tabs that wake at once all go on with one session', async () => {
  const first = await newcomer()
  const renewed = await Promise.all(Array.from({ length: 20 }, () => refresh(first.refreshToken)))
  expect(new Set(renewed.map((r) => r.refreshToken)).size).toBe(1)
  expect(await familyOf(first.refreshToken)).toHaveLength(2)
})

test('another session of the same person goes on', async () => {
  const one = await newcomer()
  const [other] = await Promise.all([newcomer(), refresh(one.refreshToken)])
  clock.advance(60_000)
  await expect(refresh(one.refreshToken)).rejects.toThrow(refused)
  await expect(refresh(other.refreshToken)).resolves.toBeTruthy()
})

test('the device and the time it was seen last go on with the session', async () => {
  const { session } = await newcomer()
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: session.user.id } })
  const first = await openSession(ctx, user, 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0')
  clock.advance(3_600_000)
  const { refreshToken } = await refresh(first.refreshToken)
  expect((await familyOf(refreshToken)).map((row) => row.device)).toEqual(['Firefox on Windows', 'Firefox on Windows'])
  expect((await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).lastAccessAt).toEqual(clock.now())
})

test('no session for somebody whose password was changed, or who is gone, since they proved themselves', async () => {
  const { session } = await newcomer()
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: session.user.id } })
  await expect(openSession(ctx, { ...user, passwordHash: 'as it was before' })).rejects.toThrow(refused)
  await ctx.db.user.update({ where: { id: user.id }, data: { deletedAt: clock.now() } })
  await expect(openSession(ctx, user)).rejects.toThrow(refused)
})

test('a role changed meanwhile is the role of the next access token', async () => {
  const first = await newcomer()
  await ctx.db.user.update({ where: { id: first.session.user.id }, data: { role: 'admin' } })
  expect((await refresh(first.refreshToken)).session.user.role).toBe('admin')
})

test.each([undefined, '', 'made up', 'x'.repeat(5_000)])('no session for %s', async (token) => {
  await expect(refresh(token)).rejects.toThrow(refused)
})

test('it ends after its time, and is forgotten only then', async () => {
  const { refreshToken } = await newcomer()
  await purgeSessions(ctx)
  clock.advance(ctx.config.auth.refreshTtlSeconds * 1_000)
  await expect(refresh(refreshToken)).rejects.toThrow(refused)
  clock.advance(3_600_001)
  expect((await purgeSessions(ctx)).refreshTokens).toBeGreaterThan(0)
  expect(await ctx.db.refreshToken.findUnique({ where: { tokenHash: hashSecret(refreshToken) } })).toBeNull()
})
