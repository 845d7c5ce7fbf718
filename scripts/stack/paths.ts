import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Everything a run keeps: databases, generated secrets, logs. Delete it to begin again. */
export const DATA = path.join(ROOT, '.data')
export const LOGS = path.join(DATA, 'log')
export const WEB_DIST = path.join(ROOT, 'apps', 'web', 'dist')
export const API_MAIN = path.join(ROOT, 'apps', 'api', 'src', 'main.ts')
/**
 * For many requests at once. Room for what they leave behind: with Node's own 16 MB the API collects garbage a fifth of
 * its time. And no pretenuring: a process that meets 2,000 connections first would learn that requests live long, and
 * put each where only a full collection finds it, with all it leads to (bench/README.md).
 */
export const API_NODE_OPTIONS = ['--max-semi-space-size=64', '--no-allocation-site-pretenuring']
export const WORKER_MAIN = path.join(ROOT, 'apps', 'worker', 'src', 'main.ts')
