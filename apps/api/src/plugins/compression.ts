import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { Routes } from '../routes/routes.ts'

/** A smaller answer fits into few packets as it is, and packing it would cost more than it saves. */
const THRESHOLD_BYTES = 4 * 1024

/**
 * These routes, their large answers packed for who takes that. A wrapper and no plugin of the whole app: even switched
 * off it would put a hook on every route, holds and seat maps among them. Only for answers that are the same for
 * everybody: packed together, what a stranger made us repeat would tell them a secret beside it by its length.
 */
export const compressed =
  (routes: Routes): Routes =>
  async (app, options) => {
    await app.register(compress, {
      encodings: ['br', 'gzip'],
      threshold: THRESHOLD_BYTES,
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
      // Nobody sends us large bodies, and packed ones could swell.
      globalDecompression: false,
    })
    await routes(app, options)
  }
