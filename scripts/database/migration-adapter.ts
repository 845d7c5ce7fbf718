import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlDriverAdapter, type SqlQuery } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR = 18 // Postgres' internal "char", which the catalogs use and adapter-pg refuses
const TEXT = 25
const OPTIONS = '-c timezone=UTC'

/**
 * The adapter the schema engine needs. adapter-pg's own falls short four ways:
 * it rejects "char" columns, a connectionString's database wins over the shadow
 * one, it drops the shadow database before closing its connections, and it
 * cuts migration scripts at every semicolon.
 */
export class MigrationPg extends PrismaPg {
  readonly #url: string
  readonly #pools = new Set<pg.Pool>()
  constructor(url: string) {
    super({ connectionString: url, options: OPTIONS })
    this.#url = url
  }
  override async connect() {
    return await this.#open(this.#url, async () => {})
  }
  override async connectToShadowDb() {
    const name = `prisma_shadow_${randomUUID()}`
    const admin = new pg.Client({ connectionString: this.#url })
    await admin.connect()
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE template0`)
    const url = new URL(this.#url)
    url.pathname = `/${name}`
    return this.#open(url.href, async () => {
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`)
      await admin.end()
    })
  }
  /** The wasm engine never disposes its main connection. */
  async close() {
    await Promise.all([...this.#pools].map((p) => p.end()))
  }
  async #open(url: string, after: () => Promise<void>) {
    const pool = new CharPool({ connectionString: url, options: OPTIONS, max: 1 })
    this.#pools.add(pool)
    const inner = await new PrismaPg(pool).connect()
    const query = inner.queryRaw.bind(inner)
    inner.queryRaw = async (q: SqlQuery) => {
      pool.chars = []
      const r = await query(q)
      for (const i of pool.chars) r.columnTypes[i] = ColumnTypeEnum.Character
      return r
    }
    // adapter-pg cuts a script at every semicolon, function bodies and comments included.
    inner.executeScript = async (script: string) => {
      await pool.query(script)
    }
    inner.dispose = async () => {
      this.#pools.delete(pool)
      await pool.end()
      await after()
    }
    return inner as SqlDriverAdapter & typeof inner
  }
}

/** A pool whose answers show "char" columns as text, and that remembers which they were. */
class CharPool extends pg.Pool {
  chars: number[] = []
  constructor(config: pg.PoolConfig) {
    super(config)
    const query = this.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult>
    this.query = (async (...args: unknown[]) => {
      const result = await query(...args)
      result.fields?.forEach((field, i) => {
        if (field.dataTypeID !== CHAR) return
        field.dataTypeID = TEXT
        this.chars.push(i)
      })
      return result
    }) as typeof this.query
  }
}
