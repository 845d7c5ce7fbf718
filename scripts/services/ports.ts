import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** A port nobody listens on right now, chosen by the operating system. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}

/** Whether something already answers on this port. A connection, not a bind: a bind misses listeners on other addresses. */
export async function portIsBusy(port: number, host = '127.0.0.1'): Promise<boolean> {
  const socket = connect({ port, host })
  socket.setTimeout(1_000)
  return await new Promise((resolve) => {
    const done = (busy: boolean) => {
      socket.destroy()
      resolve(busy)
    }
    socket.once('connect', () => done(true))
    socket.once('timeout', () => done(true))
    socket.once('error', () => done(false))
  })
}
