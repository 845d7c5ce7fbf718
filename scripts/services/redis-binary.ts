import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** How to start a Redis server on this host. */
export type RedisBinary = { file: string; argv0: string; libraries?: string }

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/redis', import.meta.url))
const PLACES = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/sbin', '/snap/bin']
/** Debian ships the server itself as redis-check-rdb of redis-tools: it is told by the name it is started under. */
const NAMES = ['redis-server', 'valkey-server', 'redis-check-rdb', 'valkey-check-rdb']
const DEBIAN_PACKAGES = ['redis-tools', 'liblzf1', 'libjemalloc2', 'libatomic1']

const HELP = `Marquee needs a Redis server and found none. Either
  - install one:  Debian, Ubuntu: sudo apt-get install redis-tools    Fedora: sudo dnf install valkey    macOS: brew install redis
  - or use one you have:  REDIS_URL=redis://host:6379 npm start`

/**
 * The Redis server of this host: one that is installed, or one fetched now through the host's own package manager.
 * @throws Error that says what to install
 */
export function redisBinary(say: (message: string) => void): RedisBinary {
  const found = installed() ?? unpacked()
  if (found) return found
  if (process.platform === 'linux' && has('apt-get')) {
    say('no Redis server found: fetching Debian’s redis-tools')
    const fetched = (aptInstall() && installed()) || (aptUnpack() && unpacked())
    if (fetched) return fetched
  }
  if (process.platform === 'darwin' && has('brew')) {
    say('no Redis server found: brew install redis')
    if (run('brew', ['install', 'redis'])) {
      const fetched = installed()
      if (fetched) return fetched
    }
  }
  throw new Error(HELP)
}

function installed(): RedisBinary | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...PLACES]
  for (const name of NAMES) {
    const file = folders.map((folder) => path.join(folder, name)).find((candidate) => isServer(candidate))
    if (file) return asServer(file)
  }
  return null
}

const asServer = (file: string): RedisBinary => ({
  file,
  argv0: path.basename(file).startsWith('valkey') ? 'valkey-server' : 'redis-server',
})

/** A redis-check-rdb may also be the small tool alone; only the server answers --version as one. */
function isServer(file: string, libraries?: string): boolean {
  if (!fs.existsSync(file)) return false
  const env = libraries ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env
  const answer = spawnSync(file, ['--version'], { argv0: asServer(file).argv0, env, encoding: 'utf8' })
  return answer.status === 0 && /server v=/.test(answer.stdout)
}

/** Without root: Debian's packages, opened into node_modules/.cache. */
function unpacked(): RedisBinary | null {
  const file = path.join(CACHE, 'usr', 'bin', 'redis-check-rdb')
  if (!fs.existsSync(file)) return null
  const lib = path.join(CACHE, 'usr', 'lib')
  const libraries = fs
    .readdirSync(lib)
    .map((triplet) => path.join(lib, triplet))
    .join(':')
  return isServer(file, libraries) ? { ...asServer(file), libraries } : null
}

function aptInstall(): boolean {
  const root = process.getuid?.() === 0
  if (!root && !run('sudo', ['-n', 'true'])) return false
  const apt = (...args: string[]) => (root ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]))
  // redis-tools, not redis-server: that one installs and starts a service on 6379.
  const install = () => apt('install', '-y', '--no-install-recommends', 'redis-tools')
  return install() || (apt('update') && install())
}

function aptUnpack(): boolean {
  const parcels = path.join(CACHE, 'parcels')
  fs.rmSync(CACHE, { recursive: true, force: true })
  fs.mkdirSync(parcels, { recursive: true })
  if (!run('apt-get', ['download', ...DEBIAN_PACKAGES], parcels)) return false
  return fs.readdirSync(parcels).every((parcel) => run('dpkg', ['-x', path.join(parcels, parcel), CACHE]))
}

const has = (command: string) => run('sh', ['-c', `command -v ${command}`])

function run(command: string, args: string[], cwd?: string): boolean {
  try {
    execFileSync(command, args, { cwd, stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    return true
  } catch {
    return false
  }
}
