import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newId } from '@marquee/core/ids'
import { enqueue } from '@marquee/core/jobs/enqueue'
import { openQueues } from '@marquee/core/jobs/queues'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { openGateway } from '@marquee/providers/open-vendors'
import { openLedger } from '@marquee/providers/payments/simulator/ledger'
import { freePort } from '../services/ports.ts'
import { eventually } from './eventually.ts'
import { Guest } from './guest.ts'
import { type Running, startProcess, untilItAnswers } from './platform.ts'

/**
 * A cinema's whole site for a fault test: API and worker as processes of their own, on databases of their own, with the
 * development gateway's books in a file. `ctx` looks at the same databases and speaks to the same gateway.
 */
export async function openHouse(env: Record<string, string> = {}) {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const folder = mkdtempSync(path.join(tmpdir(), 'marquee-house-'))
  const file = path.join(folder, 'gateway.sqlite')
  const test = await testContext({
    env: {
      PORT: String(port),
      PUBLIC_BASE_URL: base,
      PAYMENT_BASE_URL: `${base}/dev/gateway`,
      DEV_GATEWAY_FILE: file,
      DEV_CARRIER_FILE: path.join(folder, 'carrier.sqlite'),
      LOG_LEVEL: 'warn',
      // A dead worker's jobs go to the next one within seconds.
      JOB_LOCK_MS: '1000',
      ...env,
    },
  })
  const ctx: TestContext = { ...test, gateway: openGateway(test.config) as TestContext['gateway'] }
  const ledger = openLedger(file)
  /** What the processes are started with; may be changed before they are. */
  const processEnv = { ...test.env }
  const running: Partial<Record<'api' | 'worker', Running>> = {}
  // A test that fails half-way may have started another one meanwhile: none may be left behind.
  const started: Running[] = []

  return {
    base,
    ctx,
    ledger,
    processEnv,
    running,
    async api(crashAt?: string) {
      const api = startProcess('api', processEnv, crashAt)
      started.push(api)
      running.api = api
      await untilItAnswers(api, base)
      return running.api
    },
    worker(crashAt?: string) {
      running.worker = startProcess('worker', processEnv, crashAt)
      started.push(running.worker)
      return running.worker
    },
    async guest(seatIds: string[], showtimeId?: string) {
      const hall = showtimeId ?? (await makeShowtime(ctx)).id
      const user = await makeUser(ctx)
      return new Guest(base, { ...signAccessToken(ctx, user), showtimeId: hall, seatIds })
    },
    /** The gateway's switches: faults of its own. */
    async control(switches: object) {
      const { keyId, keySecret } = ctx.config.payments
      const answer = await fetch(`${base}/dev/gateway/control`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}` },
        body: JSON.stringify(switches),
      })
      if (!answer.ok) throw new Error(`switches refused: ${await answer.text()}`)
    },
    /** Puts the reconciler's turn into the queue, as the schedule would. */
    async reconcileNow() {
      const queues = openQueues(test.config, test.log)
      await eventually(() => queues.ready)
      await enqueue({ queues }, [{ name: 'payment.reconcile', payload: {}, key: `reconcile-${newId()}` }])
      await queues.close()
    },
    output: () =>
      Object.entries(running)
        .map(([kind, process]) => `── ${kind}\n${process.output()}`)
        .join('\n'),
    async close() {
      await Promise.all(started.map((process) => process.kill()))
      ledger.close()
      await test.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>
