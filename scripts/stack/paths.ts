import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Everything a run keeps: databases, generated secrets, logs. Delete it to begin again. */
export const DATA = path.join(ROOT, '.data')
export const LOGS = path.join(DATA, 'log')
export const WEB_DIST = path.join(ROOT, 'apps', 'web', 'dist')
export const API_MAIN = path.join(ROOT, 'apps', 'api', 'src', 'main.ts')
/** Room for what many requests at once leave behind: with Node's own 16 MB the API collects garbage a fifth of its time. */
export const API_NODE_OPTIONS = ['--max-semi-space-size=64']
export const WORKER_MAIN = path.join(ROOT, 'apps', 'worker', 'src', 'main.ts')
