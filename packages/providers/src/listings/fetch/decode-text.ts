/** A page names its encoding within this many bytes, by the HTML standard. */
const PRESCAN_BYTES = 1_024

const BYTE_ORDER_MARKS: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
]

/**
 * Text of a body: by its byte order mark, else by its Content-Type, else by what the page itself says, else UTF-8.
 * Bytes that mean nothing become U+FFFD. Never throws.
 */
export function decodeText(bytes: Buffer, contentType: string | undefined): string {
  const marked = BYTE_ORDER_MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1]
  const named = contentType && /;\s*charset\s*=\s*"?\s*([\w:.+-]+)/i.exec(contentType)?.[1]
  return decoderFor(marked ?? named ?? namedInPage(bytes)).decode(bytes)
}

function namedInPage(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, PRESCAN_BYTES)
  const named = /<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w:.+-]+)/i.exec(head)?.[1]
  // A page whose bytes could be read this far is not in UTF-16, whatever it says.
  return named && /^utf-?16/i.test(named) ? 'utf-8' : named
}

function decoderFor(label: string | undefined): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label ?? 'utf-8')
  } catch {
    return new TextDecoder('utf-8')
  }
}
