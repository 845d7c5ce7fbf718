import type { ServerResponse } from 'node:http'
import type { SiteResponse } from './site-response.ts'

/** Puts an answer on the wire as it is meant: also one that ends too early, or drips with `dripMs` between its pieces. */
export function sendAnswer(response: ServerResponse, answer: SiteResponse, dripMs: number): void {
  const body = Buffer.from(answer.body)
  if (answer.status === 304) {
    response.writeHead(304, answer.headers).end()
    return
  }
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
  if (answer.endsAfterBytes !== undefined) {
    response.write(body.subarray(0, answer.endsAfterBytes), () => response.destroy())
    return
  }
  if (!answer.drips) {
    response.end(body)
    return
  }
  const pieces = Math.max(8, Math.ceil(body.length / 200))
  let sent = 0
  const timer = setInterval(() => {
    response.write(body.subarray((sent / pieces) * body.length, ((sent + 1) / pieces) * body.length))
    sent += 1
    if (sent >= pieces) response.end()
  }, dripMs)
  response.on('close', () => clearInterval(timer))
}
