import { z } from 'zod'
import { Password, Username, UserRole } from './auth.ts'
import { CancellationTiers } from './cancellations.ts'
import { Id, Instant, Lines, PageQuery, PersonName, paged, Slug, Text } from './common.ts'
import { Email } from './emails.ts'
import { OtpProof, Phone } from './otp.ts'

export const AdminRequestState = z.enum(['PENDING', 'APPROVED', 'REJECTED'])
/** POST /api/admin-requests, with a proof of purpose "admin-request". */
export const AdminRequestBody = z
  .object({ organisation: Text(120).min(2, 'name your cinema or company'), message: Lines(1000), proof: OtpProof })
  .meta({ id: 'AdminRequestBody' })
export type AdminRequestBody = z.infer<typeof AdminRequestBody>
export const AdminRequest = z
  .object({
    id: Id,
    organisation: z.string(),
    message: z.string(),
    state: AdminRequestState,
    createdAt: Instant,
    decidedAt: Instant.nullable(),
    decisionNote: z.string().nullable(),
    user: z.object({ id: Id, name: z.string(), email: z.string().nullable(), phone: z.string().nullable() }),
  })
  .meta({ id: 'AdminRequest' })
export type AdminRequest = z.infer<typeof AdminRequest>
export const AdminRequestQuery = PageQuery.extend({ state: AdminRequestState.optional() })
export type AdminRequestQuery = z.infer<typeof AdminRequestQuery>
/** GET /api/admin-requests: one's own, newest first. GET /api/admin/requests: everybody's. */
export const AdminRequestList = paged(AdminRequest).meta({ id: 'AdminRequestList' })
export type AdminRequestList = z.infer<typeof AdminRequestList>
/** POST /api/admin/requests/:id/decision */
export const AdminDecisionBody = z
  .object({ approve: z.boolean(), note: Text(500).default(''), theatreIds: z.array(Id).max(200).default([]) })
  .meta({ id: 'AdminDecision' })
export type AdminDecisionBody = z.infer<typeof AdminDecisionBody>

/** GET /api/admin/users */
export const UserQuery = PageQuery.extend({ q: Text(100).optional(), role: UserRole.optional() })
export type UserQuery = z.infer<typeof UserQuery>
export const UserRow = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    username: z.string().nullable(),
    role: UserRole,
    createdAt: Instant,
    lastAccessAt: Instant.nullable(),
    deletedAt: Instant.nullable(),
    theatreIds: z.array(Id),
  })
  .meta({ id: 'UserRow' })
export type UserRow = z.infer<typeof UserRow>
export const UserList = paged(UserRow).meta({ id: 'UserList' })
export type UserList = z.infer<typeof UserList>
/** POST /api/admin/users: an admin's account. Its password is for the first sign-in, which asks for another. */
export const CreateAdminBody = z
  .object({
    name: PersonName(100, 'tell us the name'),
    email: Email,
    phone: Phone.optional(),
    username: Username.optional(),
    password: Password,
    theatreIds: z.array(Id).max(200).default([]),
  })
  .meta({ id: 'CreateAdmin' })
export type CreateAdminBody = z.infer<typeof CreateAdminBody>

/** PUT /api/admin/users/:id/role. Theatres only for an admin. */
export const ChangeRoleBody = z
  .object({ role: UserRole, theatreIds: z.array(Id).max(200).default([]) })
  .meta({ id: 'ChangeRole' })
export type ChangeRoleBody = z.infer<typeof ChangeRoleBody>

/** GET /api/admin/theatres: those that the asker runs; a superadmin runs all. */
export const AdminTheatreList = paged(
  z.object({
    id: Id,
    slug: Slug,
    name: z.string(),
    area: z.string(),
    cityName: z.string(),
    cancellationTiers: CancellationTiers,
  }),
).meta({ id: 'AdminTheatreList' })
export type AdminTheatreList = z.infer<typeof AdminTheatreList>

/** GET /api/admin/audit */
export const AuditQuery = PageQuery.extend({
  action: Text(60).optional(),
  actorId: Id.optional(),
  subjectType: Text(40).optional(),
  subjectId: Text(100).optional(),
})
export type AuditQuery = z.infer<typeof AuditQuery>
export const AuditEntry = z
  .object({
    id: z.string(),
    at: Instant,
    actor: z.object({ id: Id, name: z.string(), role: z.string() }).nullable(),
    action: z.string(),
    subjectType: z.string(),
    subjectId: z.string(),
    before: z.unknown().nullable(),
    after: z.unknown().nullable(),
    network: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>
export const AuditList = paged(AuditEntry).meta({ id: 'AuditList' })
export type AuditList = z.infer<typeof AuditList>
