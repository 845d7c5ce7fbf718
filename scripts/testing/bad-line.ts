import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to another server that can be cut (refused and reset) or stalled (open, and nothing comes through). */
export async function badLine(target: URL) {
  const sockets = new Set<Socket>()
  let stalled = false
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
      if (stalled) from.unpipe(to).pause()
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = new URL(target)
  url.port = String(port)
  url.hostname = '127.0.0.1'
  const reset = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    async cut() {
      const closed = once(server, 'close')
      server.close()
      reset()
      await closed
    },
    async mend() {
      stalled = false
      reset()
      if (!server.listening) {
        server.listen(port, '127.0.0.1')
        await once(server, 'listening')
      }
    },
    stall() {
      stalled = true
      for (const socket of sockets) socket.unpipe().pause()
    },
    async close() {
      reset()
      if (server.listening) await this.cut()
    },
  }
}
