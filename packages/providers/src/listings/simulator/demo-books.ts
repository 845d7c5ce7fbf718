import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { FAULTS, type Fault } from './faults.ts'
import type { Act } from './site-types.ts'

export type DemoBooks = ReturnType<typeof openDemoBooks>

/**
 * What was done at the demo cinema, in a file of its own: booking that was opened stays open when the process that
 * played the site ends, and several processes may play it. `file` may be `:memory:`.
 */
export function openDemoBooks(file: string, today: () => string) {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = new DatabaseSync(file, { timeout: 5_000 })
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS founded (only INTEGER PRIMARY KEY CHECK (only = 1), day TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS acts (id INTEGER PRIMARY KEY, act TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS faults (name TEXT PRIMARY KEY) STRICT;
  `)
  db.prepare('INSERT INTO founded VALUES (1, ?) ON CONFLICT DO NOTHING').run(today())
  let seen = -1
  const all = <T>(sql: string) => db.prepare(sql).all() as T[]
  const known = new Set<string>(FAULTS)

  return {
    foundedOn: (db.prepare('SELECT day FROM founded').get() as { day: string }).day,
    /** What is kept, when another process or this one has changed it; null: it is as it was. */
    changed(): { acts: Act[]; switched: Fault[] } | null {
      const { data_version: version } = db.prepare('PRAGMA data_version').get() as { data_version: number }
      if (version === seen) return null
      seen = version
      return {
        acts: all<{ act: string }>('SELECT act FROM acts ORDER BY id').map(({ act }) => JSON.parse(act) as Act),
        switched: all<{ name: string }>('SELECT name FROM faults').flatMap(({ name }) =>
          known.has(name) ? [name as Fault] : [],
        ),
      }
    },
    add: (act: Act) => void db.prepare('INSERT INTO acts (act) VALUES (?)').run(JSON.stringify(act)),
    remove: (act: Act) => void db.prepare('DELETE FROM acts WHERE act = ?').run(JSON.stringify(act)),
    switchFault(fault: Fault, on: boolean): void {
      if (on) db.prepare('INSERT INTO faults VALUES (?) ON CONFLICT DO NOTHING').run(fault)
      else db.prepare('DELETE FROM faults WHERE name = ?').run(fault)
    },
    close: () => db.close(),
  }
}
