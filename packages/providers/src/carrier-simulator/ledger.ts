import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CarrierName } from '../carriers/carrier-request.ts'

/** How a call ended, in the carrier's own terms. */
export type CallEnd =
  | 'busy'
  | 'declined'
  | 'no-answer'
  | 'machine'
  | 'end-of-words'
  | 'hung-up-by-script'
  | 'hung-up-by-person'
  | 'hung-up-by-request'
  | 'cancelled'
  | 'limit'
  | 'answer-unreachable'
  | 'answer-unreadable'
export type CallState = 'queued' | 'ringing' | 'in-progress' | 'ended'
/** What the carrier does next with a call, at `next_at`. */
export type CallStep = 'ring' | 'busy' | 'ring-out' | 'answer' | 'fetch' | 'verb' | 'press' | 'no-key' | 'machine'

export type CallRow = {
  id: string
  /** Who acts on it: see CarrierSimulatorOptions.home. */
  home: string
  wire: CarrierName
  caller: string
  number: string
  /** What was asked for, as it came: JSON of its fields. */
  request: string
  state: CallState
  step: CallStep | null
  /** Epoch milliseconds; null: nothing happens by itself. */
  next_at: number | null
  placed_at: number
  ringing_at: number | null
  answered_at: number | null
  ended_at: number | null
  ended_as: CallEnd | null
  /** More about the end, such as what is wrong with an answer. */
  detail: string | null
  answered_by: 'human' | 'machine' | null
  /** JSON of Verb[]: what is still to be done. */
  script: string
  /** JSON of the Verb that waits for a key; null when none does. */
  gather: string | null
  /** JSON { url, method, key }: what is fetched next. */
  fetch: string | null
  /** JSON of { at, text, language }[] */
  said: string
  /** JSON of { at, key, taken }[] */
  keys: string
}
export type MessageRow = {
  id: string
  /** Who acts on it: see CarrierSimulatorOptions.home. */
  home: string
  wire: CarrierName
  sender: string
  number: string
  text: string
  request: string
  status: 'queued' | 'sent' | 'delivered'
  step: 'sent' | 'delivered' | 'reply' | null
  next_at: number | null
  placed_at: number
}
export type CallbackRow = {
  id: number
  subject: 'call' | 'message'
  subject_id: string
  wire: CarrierName
  event: string
  url: string
  /** JSON of Record<string, string> */
  fields: string
  copies: number
  /** Later ones of the same subject wait for earlier ones. */
  position: number
  /** 1: waits until the end, to come in the wrong order. */
  held: number
  attempts: number
  next_at: number | null
  /** The last HTTP status; 0 when there was no answer. */
  answered: number | null
  sent_at: number | null
}

export type Ledger = ReturnType<typeof openLedger>
type Value = string | number | null

/** The development carrier's own books. What it was told must outlive our processes; several may open one file. */
export function openLedger(file: string) {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = new DatabaseSync(file, { timeout: 5_000 })
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS calls (id TEXT PRIMARY KEY, wire TEXT NOT NULL, caller TEXT NOT NULL, number TEXT NOT NULL,
      request TEXT NOT NULL, state TEXT NOT NULL, step TEXT, next_at REAL, placed_at REAL NOT NULL, ringing_at REAL,
      answered_at REAL, ended_at REAL, ended_as TEXT, detail TEXT, answered_by TEXT, script TEXT NOT NULL DEFAULT '[]',
      gather TEXT, fetch TEXT, said TEXT NOT NULL DEFAULT '[]', keys TEXT NOT NULL DEFAULT '[]') STRICT;
    CREATE INDEX IF NOT EXISTS calls_due ON calls (next_at) WHERE next_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS calls_number ON calls (number, placed_at);
    CREATE INDEX IF NOT EXISTS calls_placed ON calls (placed_at);
    CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, wire TEXT NOT NULL, sender TEXT NOT NULL, number TEXT NOT NULL,
      text TEXT NOT NULL, request TEXT NOT NULL, status TEXT NOT NULL, step TEXT, next_at REAL, placed_at REAL NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS messages_due ON messages (next_at) WHERE next_at IS NOT NULL;
    CREATE TABLE IF NOT EXISTS callbacks (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, subject_id TEXT NOT NULL,
      wire TEXT NOT NULL, event TEXT NOT NULL, url TEXT NOT NULL, fields TEXT NOT NULL, copies INTEGER NOT NULL,
      position REAL NOT NULL, held INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at REAL, answered INTEGER,
      sent_at REAL) STRICT;
    CREATE INDEX IF NOT EXISTS callbacks_due ON callbacks (next_at) WHERE next_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS callbacks_subject ON callbacks (subject_id);
    CREATE TABLE IF NOT EXISTS faults (what TEXT PRIMARY KEY) STRICT;
    CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  `)
  // Books that were opened before there could be several who act on them.
  for (const table of ['calls', 'messages', 'callbacks'])
    if (!db.prepare(`SELECT 1 FROM pragma_table_info(?) WHERE name = 'home'`).get(table))
      db.exec(`ALTER TABLE ${table} ADD COLUMN home TEXT NOT NULL DEFAULT ''`)
  const prepared = new Map<string, ReturnType<typeof db.prepare>>()
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  return {
    one: <T>(sql: string, ...values: Value[]) => statement(sql).get(...values) as T | undefined,
    all: <T>(sql: string, ...values: Value[]) => statement(sql).all(...values) as T[],
    run: (sql: string, ...values: Value[]) => Number(statement(sql).run(...values).changes),
    /** IMMEDIATE: two processes must not both read before either writes. */
    transaction<T>(work: () => T): T {
      db.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      }
    },
    call: (id: string) => statement('SELECT * FROM calls WHERE id = ?').get(id) as CallRow | undefined,
    message: (id: string) => statement('SELECT * FROM messages WHERE id = ?').get(id) as MessageRow | undefined,
    setCall(id: string, changes: Partial<CallRow>) {
      const names = Object.keys(changes)
      const set = names.map((name) => `${name} = ?`).join(', ')
      statement(`UPDATE calls SET ${set} WHERE id = ?`).run(...(Object.values(changes) as Value[]), id)
    },
    close: () => db.close(),
  }
}
