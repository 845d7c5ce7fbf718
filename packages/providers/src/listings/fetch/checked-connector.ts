import { lookup } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { callbackify } from 'node:util'
import { buildConnector } from 'undici'
import { isPublicAddress } from './public-address.ts'

/** Addresses of a name, as text. */
export type Resolve = (hostname: string) => Promise<string[]>

/** An address that may not be connected to. */
export class RefusedAddress extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RefusedAddress'
  }
}

/** More than this many unreachable addresses of one name are not tried. */
const MOST_ADDRESSES = 4

const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/**
 * Connects for undici. The name is resolved here, once; what came is checked; and the socket is opened to that very
 * address, so that no second answer of a name server can come between check and use. TLS still asks for the name.
 */
export function checkedConnector(options: {
  connectMs: number
  simulators: ReadonlySet<string>
  resolve?: Resolve
  /** Which addresses are open; tests play the internet with it. */
  isOpen?: (address: string) => boolean
}): buildConnector.connector {
  const { simulators, connectMs, resolve = resolveBySystem, isOpen = isPublicAddress } = options
  const dial = buildConnector({ timeout: connectMs, allowH2: false, maxCachedSessions: 0 })

  const addressesOf = async (target: buildConnector.Options) => {
    const found = isIP(target.hostname) ? [target.hostname] : await within(connectMs, resolve(target.hostname))
    const simulator = simulators.has(`${target.protocol}//${target.host ?? target.hostname}`)
    // One closed address among open ones is a trap, not a slip.
    if (!simulator && !found.every(isOpen))
      throw new RefusedAddress(`${target.hostname} has an address that is not public`)
    return found.slice(0, MOST_ADDRESSES)
  }

  const connect = async (target: buildConnector.Options) => {
    const servername = isIP(target.hostname) ? target.servername : target.hostname
    let last: unknown = Object.assign(new Error(`${target.hostname} has no address`), { code: 'ENOTFOUND' })
    for (const hostname of await addressesOf(target)) {
      const pinned = { ...target, hostname, servername: target.protocol === 'https:' ? servername : undefined }
      try {
        return await new Promise<Socket>((done, fail) =>
          dial(pinned, (...[error, socket]) => (error ? fail(error) : done(socket))),
        )
      } catch (error) {
        last = error
      }
    }
    throw last
  }

  const dialed = callbackify(connect)
  return (target, callback) =>
    dialed(target, (error, socket) => (error ? callback(error, null) : callback(null, socket)))
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(Object.assign(new Error('no answer of a name server'), { code: 'UND_ERR_CONNECT_TIMEOUT' })),
    milliseconds,
  )
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
