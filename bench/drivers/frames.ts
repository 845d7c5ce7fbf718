/** Calls `onText` with the first bytes of every text frame a server sends; holds back what is not whole yet. */
export function frameReader(onText: (head: string) => void) {
  let rest: Buffer | null = null
  return (chunk: Buffer) => {
    const data = rest ? Buffer.concat([rest, chunk]) : chunk
    rest = null
    let at = 0
    while (data.length - at >= 2) {
      const short = data[at + 1]! & 0x7f
      const header = short === 126 ? 4 : short === 127 ? 10 : 2
      if (data.length - at < header) break
      const length =
        short === 126 ? data.readUInt16BE(at + 2) : short === 127 ? Number(data.readBigUInt64BE(at + 2)) : short
      if (data.length - at < header + length) break
      if ((data[at]! & 0x0f) === 1)
        onText(data.toString('latin1', at + header, at + header + Math.min(length, HEAD_BYTES)))
      at += header + length
    }
    if (at < data.length) rest = data.subarray(at)
  }
}

/** Type, epoch and sequence come first in every message. */
const HEAD_BYTES = 220
