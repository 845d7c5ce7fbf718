import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorise, authoriseTheatre } from '../auth/access.ts'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { openSession } from '../auth/refresh-tokens.ts'
import { openRevocations, type Revocations } from '../auth/revocations.ts'
import type { Actor } from '../context.ts'
import type { UserRole } from '../generated/prisma/client.ts'
import { hashSecret, newId, newSecret } from '../ids.ts'
import { makeTheatre, makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { applyAsAdmin } from './apply-as-admin.ts'
import { changeRole } from './change-role.ts'
import { createAdmin } from './create-admin.ts'
import { decideAdminRequest } from './decide-admin-request.ts'
import { deleteUser } from './delete-user.ts'
import { listAdminRequests, listOwnAdminRequests } from './list-admin-requests.ts'
import { listAudit } from './list-audit.ts'
import { listOwnTheatres } from './list-own-theatres.ts'
import { listUsers } from './list-users.ts'
import { adminDecisionMail, mailAdminDecision } from './mail-admin-decision.ts'

let base: TestContext
let ctx: TestContext & { revocations: Revocations }
let boss: Actor & { userId: string }
beforeAll(async () => {
  base = await testContext()
  ctx = { ...base, revocations: await openRevocations(base) }
  boss = await actorOf('superadmin')
})
afterAll(async () => {
  ctx.revocations.close()
  await base.close()
})

async function actorOf(role: UserRole) {
  const user = await makeUser(base, { role })
  return { kind: 'user' as const, userId: user.id, role, jti: randomUUID() }
}
const origin = { network: '198.51.100.0', requestId: 'r-9' }
const page = { limit: 50, offset: 0 }

/** What a right code was exchanged for. */
async function proofFor(destination: string, purpose: 'ADMIN_REQUEST' | 'LOGIN' = 'ADMIN_REQUEST') {
  const proof = newSecret()
  const later = new Date(ctx.clock.now().getTime() + 600_000)
  await ctx.db.otpChallenge.create({
    data: {
      id: newId(),
      purpose,
      channel: 'email',
      destination,
      codeHash: 'x',
      expiresAt: later,
      proofHash: hashSecret(proof),
      proofExpiresAt: later,
    },
  })
  return proof
}
async function applicant() {
  const user = await makeUser(ctx)
  const actor: Actor = { kind: 'user', userId: user.id, role: 'customer', jti: randomUUID() }
  const apply = async (proof: string) =>
    applyAsAdmin(ctx, { actor, body: { organisation: 'Asha Cinemas', message: 'Two halls.', proof }, origin })
  return { user, actor, apply }
}

test('an application needs a fresh proof of that very account, and is made once', async () => {
  const { user, actor, apply } = await applicant()
  const other = await makeUser(ctx)
  await expect(apply(newSecret())).rejects.toMatchObject({ code: 'OTP_ENDED' })
  await expect(apply(await proofFor(user.email ?? '', 'LOGIN'))).rejects.toMatchObject({ code: 'OTP_ENDED' })
  await expect(apply(await proofFor(other.email ?? ''))).rejects.toMatchObject({ code: 'OTP_ENDED' })
  expect(await ctx.db.adminRequest.count({ where: { userId: user.id } })).toBe(0)

  const proofs = await Promise.all([1, 2, 3].map(() => proofFor(user.email ?? '')))
  const all = await Promise.allSettled(proofs.map(apply))
  expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  expect(all.filter((one) => one.status === 'rejected').map((one) => one.reason.code)).toEqual(['CONFLICT', 'CONFLICT'])
  expect(await listOwnAdminRequests(ctx, { actor, query: page })).toMatchObject({ total: 1 })
  expect(await ctx.db.user.findUnique({ where: { id: user.id } })).toMatchObject({ role: 'customer' })
})

/** An account whose owner proved a phone number and typed an email address that is somebody else's. */
async function squatter() {
  const user = await makeUser(ctx, { email: `boss-${randomUUID().slice(0, 8)}@rex.example` })
  const data = {
    phone: `+9198${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
    phoneVerifiedAt: new Date(),
  }
  return ctx.db.user.update({ where: { id: user.id }, data })
}

test('an address that was typed and never proved makes nobody an admin in its owner’s place', async () => {
  const user = await squatter()
  const actor: Actor = { kind: 'user', userId: user.id, role: 'customer', jti: randomUUID() }
  const proof = await makeProof(ctx, { phone: user.phone ?? '' }, { purpose: 'admin-request', userId: user.id })
  const asked = await applyAsAdmin(ctx, { actor, body: { organisation: 'Rex', message: '', proof }, origin })
  const query = { ...page, state: 'PENDING' as const }
  const shown = (await listAdminRequests(ctx, { actor: boss, query })).items.find(({ id }) => id === asked.id)
  expect(shown?.user).toMatchObject({ email: null, phone: user.phone })

  const raise = () =>
    changeRole(ctx, { actor: boss, userId: user.id, change: { role: 'superadmin', theatreIds: [] }, origin })
  await expect(raise()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('confirm') })
  expect(await ctx.db.user.findUnique({ where: { id: user.id } })).toMatchObject({ role: 'customer' })

  const form = { name: 'Ravi', email: user.email ?? '', password: 'three green parrots', theatreIds: [] }
  const made = await createAdmin(ctx, { actor: boss, admin: form, origin })
  expect(made.id).not.toBe(user.id)
  expect(await ctx.db.user.findUnique({ where: { id: user.id } })).toMatchObject({ email: null, role: 'customer' })
  expect(await raise()).toMatchObject({ role: 'superadmin' })
  await changeRole(ctx, { actor: boss, userId: user.id, change: { role: 'customer', theatreIds: [] } })
})

test('what an applicant and who answers them wrote can be erased: it is not in the audit log', async () => {
  const { user, actor } = await applicant()
  const body = { organisation: 'Erasmus Unforgettable', message: 'my own', proof: await proofFor(user.email ?? '') }
  const { id } = await applyAsAdmin(ctx, { actor, body, origin })
  const decision = { approve: false, note: 'Erasmus sounded drunk', theatreIds: [] }
  await decideAdminRequest(ctx, { actor: boss, id, decision, origin })
  const { items } = await listAudit(ctx, { actor: boss, query: { ...page, subjectId: id } })
  expect(items.map(({ action, after }) => [action, after])).toEqual([
    ['admin-request.reject', { state: 'REJECTED', userId: user.id }],
    ['admin-request.create', { state: 'PENDING', userId: user.id }],
  ])
})

test('approval: once, with theatres, written down, and told by mail once', async () => {
  const { user, apply } = await applicant()
  const { id } = await apply(await proofFor(user.email ?? ''))
  const theatre = await makeTheatre(ctx, { name: 'Rex' })
  const decision = { approve: true, note: 'Welcome', theatreIds: [theatre.id] }
  await expect(
    decideAdminRequest(ctx, { actor: boss, id, decision: { ...decision, theatreIds: [randomUUID()] } }),
  ).rejects.toMatchObject({ code: 'VALIDATION' })
  expect(await listAdminRequests(ctx, { actor: boss, query: { ...page, state: 'PENDING' } })).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ id, user: expect.objectContaining({ id: user.id }) })]),
  })

  const both = await Promise.allSettled(
    [1, 2].map(() => decideAdminRequest(ctx, { actor: boss, id, decision, origin })),
  )
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const late = { ...decision, approve: false }
  await expect(decideAdminRequest(ctx, { actor: boss, id, decision: late })).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await ctx.db.user.findUnique({ where: { id: user.id }, include: { theatres: true } })).toMatchObject({
    role: 'admin',
    theatres: [{ theatreId: theatre.id }],
  })
  const { items } = await listAudit(ctx, { actor: boss, query: { ...page, subjectId: id } })
  expect(items.map((entry) => entry.action)).toEqual(['admin-request.approve', 'admin-request.create'])
  expect(items[0]).toMatchObject({
    actor: { id: boss.userId, role: 'superadmin' },
    before: { state: 'PENDING' },
    after: { state: 'APPROVED', userId: user.id, theatreIds: [theatre.id] },
    network: origin.network,
    requestId: origin.requestId,
  })
  expect(await ctx.db.outboxEvent.count({ where: { key: `admin-request.mail:${id}` } })).toBe(1)
  await mailAdminDecision(ctx, { requestId: id })
  await mailAdminDecision(ctx, { requestId: id })
  const mails = ctx.mail.sent.filter((mail) => mail.to === user.email)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.text).toContain('Rex')
})

test('what is written on a rejection is text, not markup', () => {
  const mail = adminDecisionMail({
    approved: false,
    name: 'A',
    organisation: 'B <b>',
    note: '<script>',
    theatres: [],
    email: 'a@example.com',
    siteUrl: 'https://tickets.example',
  })
  expect(mail.html).not.toMatch(/<script>|<b>/)
  expect(mail.subject).toBe('Not approved: B <b>')
})

test('another role ends every session of that person at once; other theatres end none', async () => {
  const user = await makeUser(ctx, { role: 'admin' })
  const [one, two] = await Promise.all([makeTheatre(ctx), makeTheatre(ctx)])
  const session = await openSession(ctx, user)
  const tokens = createAccessTokens(ctx, ctx.revocations)
  const { accessToken } = session.session
  tokens.verify(accessToken)
  const change = (role: UserRole, theatreIds: string[] = []) =>
    changeRole(ctx, { actor: boss, userId: user.id, change: { role, theatreIds }, origin })

  expect(await change('admin', [two.id, one.id, one.id])).toMatchObject({
    role: 'admin',
    theatreIds: [one.id, two.id].toSorted(),
  })
  tokens.verify(accessToken)
  expect(await change('host', [one.id])).toMatchObject({ role: 'host', theatreIds: [] })
  expect(() => tokens.verify(accessToken)).toThrow('ended')
  expect(await ctx.db.refreshToken.count({ where: { userId: user.id, revokedAt: null } })).toBe(0)
  await change('host')

  const { items } = await listAudit(ctx, { actor: boss, query: { ...page, subjectId: user.id } })
  expect(items.map(({ before, after }) => [before, after])).toEqual([
    [
      { role: 'admin', theatreIds: [one.id, two.id].toSorted() },
      { role: 'host', theatreIds: [] },
    ],
    [
      { role: 'admin', theatreIds: [] },
      { role: 'admin', theatreIds: [one.id, two.id].toSorted() },
    ],
  ])
})

test('nobody gets a session with a role that is being taken away', async () => {
  const user = await makeUser(ctx, { role: 'admin' })
  const client = await ctx.pool.connect()
  await client.query('BEGIN')
  await client.query(`UPDATE users SET role = 'customer' WHERE id = $1`, [user.id])
  const opening = openSession(ctx, user).then(
    () => 'opened',
    (error: { code: string }) => error.code,
  )
  await client.query('COMMIT')
  client.release()
  expect(await opening).toBe('UNAUTHENTICATED')
  expect(await ctx.db.refreshToken.count({ where: { userId: user.id } })).toBe(0)
})

test('there is always a superadmin, also when two demote one another at the same moment', async () => {
  const own = await testContext()
  const there = { ...own, revocations: await openRevocations(own) }
  const [a, b] = await Promise.all([1, 2].map(() => makeUser(own, { role: 'superadmin' })))
  if (!a || !b) throw new Error('two users were expected')
  const demote = (by: string, whom: string) =>
    changeRole(there, {
      actor: { kind: 'user', userId: by, role: 'superadmin', jti: randomUUID() },
      userId: whom,
      change: { role: 'customer', theatreIds: [] },
    })
  const both = await Promise.allSettled([demote(a.id, b.id), demote(b.id, a.id)])
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } })
  expect(await own.db.user.count({ where: { role: 'superadmin' } })).toBe(1)
  there.revocations.close()
  await own.close()
})

test('a person deleted is erased and signed out; superadmins and strangers are refused', async () => {
  const user = await makeUser(ctx, { role: 'admin', name: 'Meera Gone' })
  const theatre = await makeTheatre(ctx)
  await ctx.db.theatreAdmin.create({ data: { theatreId: theatre.id, userId: user.id } })
  const { session } = await openSession(ctx, user)
  await deleteUser(ctx, { actor: boss, userId: user.id, origin })
  expect(() => createAccessTokens(ctx, ctx.revocations).verify(session.accessToken)).toThrow('ended')
  const left = await ctx.db.user.findUniqueOrThrow({ where: { id: user.id }, include: { theatres: true } })
  expect(left).toMatchObject({ email: null, role: 'customer', theatres: [] })
  expect(left.deletedAt).not.toBeNull()
  const { items } = await listAudit(ctx, { actor: boss, query: { ...page, subjectId: user.id } })
  expect(items.map(({ action, before }) => [action, before])).toEqual([
    ['user.delete', { role: 'admin', theatreIds: [theatre.id] }],
  ])
  expect(JSON.stringify(items)).not.toMatch(/Meera|@/)

  const remove = (userId: string) => deleteUser(ctx, { actor: boss, userId })
  await expect(remove(user.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(remove(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(remove(boss.userId)).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('a role for nobody, for the deleted, and at theatres that do not exist', async () => {
  const gone = await makeUser(ctx)
  await ctx.db.user.update({ where: { id: gone.id }, data: { deletedAt: new Date() } })
  const change = (userId: string, theatreIds: string[] = []) =>
    changeRole(ctx, { actor: boss, userId, change: { role: 'admin', theatreIds } })
  await expect(change(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(change(gone.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const user = await makeUser(ctx)
  await expect(change(user.id, [randomUUID()])).rejects.toMatchObject({ code: 'VALIDATION' })
  expect(await ctx.db.user.findUnique({ where: { id: user.id } })).toMatchObject({ role: 'customer' })
})

test('an admin made by a superadmin chooses a password of their own first; taken names are refused', async () => {
  const tag = randomUUID().slice(0, 8)
  const form = { name: 'Ravi', email: `ravi-${tag}@example.com`, password: 'three green parrots', theatreIds: [] }
  const made = await createAdmin(ctx, { actor: boss, admin: { ...form, username: `Ravi${tag}` }, origin })
  expect(made).toMatchObject({ role: 'admin', email: form.email })
  expect(await ctx.db.user.findUnique({ where: { id: made.id } })).toMatchObject({ mustChangePassword: true })
  await expect(createAdmin(ctx, { actor: boss, admin: form })).rejects.toMatchObject({ code: 'EMAIL_TAKEN' })
  const named = { ...form, email: `b-${tag}@example.com`, username: `rAVI${tag}` }
  await expect(createAdmin(ctx, { actor: boss, admin: named })).rejects.toMatchObject({ code: 'USERNAME_TAKEN' })
  const weak = { ...form, email: `c-${tag}@example.com`, password: 'password' }
  await expect(createAdmin(ctx, { actor: boss, admin: weak })).rejects.toMatchObject({ code: 'VALIDATION' })
  const { items } = await listAudit(ctx, { actor: boss, query: { ...page, subjectId: made.id } })
  expect(items.map((entry) => entry.action)).toEqual(['user.create-admin'])
  expect(JSON.stringify(items)).not.toContain('parrots')
})

test('accounts are found by a part of what they are called, and % means itself', async () => {
  const tag = randomUUID().slice(0, 8)
  await makeUser(ctx, { name: `Half ${tag} 50%`, email: `half-${tag}@example.com` })
  const find = async (q: string) => (await listUsers(ctx, { actor: boss, query: { ...page, q } })).items
  expect(await find(`HALF ${tag}`)).toHaveLength(1)
  expect(await find(`${tag} 50%`)).toHaveLength(1)
  expect(await find(`${tag}%50`)).toHaveLength(0)
  expect(JSON.stringify(await find(tag))).not.toMatch(/password|hash/i)
})

test("an admin's theatres are their own, asked each time; a superadmin's are all", async () => {
  const admin = await actorOf('admin')
  const [mine, another] = await Promise.all([makeTheatre(ctx), makeTheatre(ctx)])
  await ctx.db.theatreAdmin.create({ data: { theatreId: mine.id, userId: admin.userId } })
  const listed = await listOwnTheatres(ctx, { actor: admin, query: page })
  expect(listed.items.map((theatre) => theatre.id)).toEqual([mine.id])
  expect(listed.items[0]?.cancellationTiers).toEqual([
    { minutesBefore: 120, percent: 75 },
    { minutesBefore: 20, percent: 50 },
  ])
  expect((await listOwnTheatres(ctx, { actor: boss, query: page })).total).toBeGreaterThan(1)
  await authoriseTheatre(ctx, admin, 'showtime.cancel', mine.id)
  for (const theatreId of [another.id, null])
    await expect(authoriseTheatre(ctx, admin, 'showtime.cancel', theatreId)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  await authoriseTheatre(ctx, boss, 'showtime.cancel', another.id)
  await ctx.db.theatreAdmin.deleteMany({ where: { userId: admin.userId } })
  await expect(authoriseTheatre(ctx, admin, 'showtime.cancel', mine.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await listOwnTheatres(ctx, { actor: admin, query: page })).items).toEqual([])
})

test('only superadmins; the signed-out are asked to sign in', async () => {
  const verbs: ((actor: Actor) => Promise<unknown>)[] = [
    (actor) => listUsers(ctx, { actor, query: page }),
    (actor) => deleteUser(ctx, { actor, userId: boss.userId }),
    (actor) => listAudit(ctx, { actor, query: page }),
    (actor) => listAdminRequests(ctx, { actor, query: page }),
    (actor) => changeRole(ctx, { actor, userId: randomUUID(), change: { role: 'admin', theatreIds: [] } }),
    (actor) =>
      decideAdminRequest(ctx, { actor, id: randomUUID(), decision: { approve: true, note: '', theatreIds: [] } }),
    (actor) => createAdmin(ctx, { actor, admin: { name: 'x', email: 'x@example.com', password: 'x', theatreIds: [] } }),
  ]
  for (const role of ['customer', 'host', 'admin'] as const) {
    const actor = await actorOf(role)
    for (const verb of verbs) await expect(verb(actor)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  for (const verb of verbs) await expect(verb({ kind: 'anonymous' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(() => authorise({ kind: 'system' }, 'user.list')).toThrow('Sign in')
})
