import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/**
 * whole: it ended as it should. cut: it ended early. too-long: more came than is read. timeout: it came too slowly.
 * unreadable: it is not in the encoding that it claims.
 */
export type BodyEnd = 'whole' | 'cut' | 'too-long' | 'timeout' | 'unreadable'

class TooLong extends Error {}

const passOn = async function* (source: AsyncIterable<Buffer>) {
  yield* source
}

const DECODERS: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * Reads a body to at most `maxBytes` before and after decompression, whatever it would swell to. Never throws: what could
 * be read comes with how it ended.
 * @param encoding the header Content-Encoding; one coding at most is read
 */
export async function readBody(
  source: AsyncIterable<Buffer>,
  encoding: string | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ bytes: Buffer; end: BodyEnd }> {
  const coding = encoding?.trim().toLowerCase() || 'identity'
  const decoder = coding === 'identity' ? passOn : DECODERS[coding]?.()
  if (!decoder) return { bytes: Buffer.alloc(0), end: 'unreadable' }
  const chunks: Buffer[] = []
  let end: BodyEnd = 'whole'
  let empty = true
  try {
    await pipeline([
      source,
      atMost(maxBytes, () => {
        empty = false
      }),
      decoder,
      async (decoded: AsyncIterable<Buffer>) => {
        for await (const chunk of atMost(maxBytes)(decoded)) chunks.push(chunk)
      },
    ])
  } catch (error) {
    end = endedBy(error, signal)
    // Nothing, compressed, is nothing: 204 and its like.
    if (empty && (error as { code?: string }).code === 'Z_BUF_ERROR') end = 'whole'
  }
  return { bytes: Buffer.concat(chunks), end }
}

/** Passes `limit` bytes on, then fails. */
const atMost = (limit: number, onChunk?: () => void) =>
  async function* (source: AsyncIterable<Buffer>) {
    let left = limit
    for await (const chunk of source) {
      onChunk?.()
      if (chunk.length > left) {
        yield chunk.subarray(0, left)
        throw new TooLong()
      }
      left -= chunk.length
      yield chunk
    }
  }

function endedBy(error: unknown, signal: AbortSignal): BodyEnd {
  const { code = '' } = error as { code?: string }
  if (error instanceof TooLong) return 'too-long'
  if (signal.aborted || code === 'UND_ERR_BODY_TIMEOUT') return 'timeout'
  // The decoder was given all there was, and wants more.
  if (code === 'Z_BUF_ERROR') return 'cut'
  return code.startsWith('Z_') || code.startsWith('ERR__') ? 'unreadable' : 'cut'
}
