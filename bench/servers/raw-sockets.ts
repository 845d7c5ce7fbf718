// The limit of fan-out: open sockets, one frame built once, written to each in a plain loop. No map, no batches.
import { createServer, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import { textFrame } from '../../apps/api/src/ws/text-frame.ts'
import { answer } from '../answer.ts'
import { RAW_CHANNEL } from '../drivers/raw-channel.ts'

const ACCEPT = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'

const sockets = new Set<Socket>()
const server = createServer((socket) => {
  // The client's upgrade request is its only message here, and comes in one piece.
  socket.once('data', () => {
    socket.write(ACCEPT)
    sockets.add(socket)
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => sockets.delete(socket))
})
await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))

const subscriber = new Redis(process.env.REDIS_URL ?? '')
subscriber.on('message', (_channel: string, text: string) => {
  const frame = textFrame(text)
  for (const socket of sockets) socket.write(frame)
})
await subscriber.subscribe(RAW_CHANNEL)

const address = server.address()
answer({ port: () => (typeof address === 'object' && address ? address.port : 0) })
