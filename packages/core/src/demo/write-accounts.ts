import { hash } from '@node-rs/argon2'
import type pg from 'pg'
import { DEMO_ACCOUNTS, DEMO_GUESTS } from './accounts.ts'
import { DEMO_CITIES } from './cities.ts'
import { stableId } from './stable.ts'

export type DemoBuyer = { id: string; email: string }
export type DemoBuyers = {
  guests: DemoBuyer[]
  /** The documented customer, when her account was made just now: she gets a few bookings to look at. */
  newcomer: DemoBuyer | null
}

/** Accounts that exist keep their names and passwords. Hashes with Argon2id only what is missing. */
export async function writeAccounts(client: pg.PoolClient): Promise<DemoBuyers> {
  const { rows: known } = await client.query<{ email: string }>('SELECT email FROM users WHERE email = ANY ($1)', [
    DEMO_ACCOUNTS.map((account) => account.email),
  ])
  const taken = new Set(known.map((row) => row.email))
  const missing = DEMO_ACCOUNTS.filter((account) => !taken.has(account.email))
  const accounts = await Promise.all(
    missing.map(async ({ password, ...account }) => ({ ...account, hash: await hash(password) })),
  )
  const guests = DEMO_GUESTS.map((guest) => ({ ...guest, role: 'customer', hash: null }))
  await client.query(
    `INSERT INTO users (id, email, name, password_hash, role, email_verified_at)
     SELECT id, email, name, hash, role, now() FROM jsonb_to_recordset($1) AS r(id uuid, email text, name text, hash text, role user_role)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify([...accounts, ...guests].map((user) => ({ ...user, id: stableId('user', user.email) })))],
  )
  const { rows } = await client.query<DemoBuyer>('SELECT id, email FROM users WHERE email = ANY ($1) ORDER BY email', [
    DEMO_GUESTS.map((guest) => guest.email),
  ])
  if (missing.some((account) => account.role === 'admin')) await giveTheatres(client)
  const customer = missing.find((account) => account.role === 'customer')
  return { guests: rows, newcomer: customer ? { id: stableId('user', customer.email), email: customer.email } : null }
}

/** The documented admin runs the theatres of the first city, and so not those of the others. */
async function giveTheatres(client: pg.PoolClient) {
  await client.query(
    `INSERT INTO theatre_admins (theatre_id, user_id)
     SELECT t.id, u.id FROM theatres t JOIN cities c ON c.id = t.city_id, users u
      WHERE c.slug = $1 AND u.email = ANY ($2) AND u.role = 'admin'
     ON CONFLICT DO NOTHING`,
    [DEMO_CITIES[0]?.slug, DEMO_ACCOUNTS.map((account) => account.email)],
  )
}
