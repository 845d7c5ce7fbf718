import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * The fonts of printed documents, embedded in every PDF: the fourteen that viewers bring have no rupee sign and no
 * Indian script. Files are read once per process.
 */
const FILES = {
  display: 'bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf',
  body: 'inter/400Regular/Inter_400Regular.ttf',
  strong: 'inter/600SemiBold/Inter_600SemiBold.ttf',
  devanagari: 'noto-sans-devanagari/600SemiBold/NotoSansDevanagari_600SemiBold.ttf',
  tamil: 'noto-sans-tamil/600SemiBold/NotoSansTamil_600SemiBold.ttf',
  telugu: 'noto-sans-telugu/600SemiBold/NotoSansTelugu_600SemiBold.ttf',
  kannada: 'noto-sans-kannada/600SemiBold/NotoSansKannada_600SemiBold.ttf',
  malayalam: 'noto-sans-malayalam/600SemiBold/NotoSansMalayalam_600SemiBold.ttf',
} as const
export type FontName = keyof typeof FILES
export const FONT_NAMES = Object.keys(FILES) as FontName[]

const read = new Map<FontName, Buffer>()
export function fontFile(name: FontName): Buffer {
  const kept = read.get(name) ?? readFileSync(require.resolve(`@expo-google-fonts/${FILES[name]}`))
  read.set(name, kept)
  return kept
}

const SCRIPTS: [FontName, RegExp][] = [
  ['devanagari', /\p{Script=Devanagari}/u],
  ['tamil', /\p{Script=Tamil}/u],
  ['telugu', /\p{Script=Telugu}/u],
  ['kannada', /\p{Script=Kannada}/u],
  ['malayalam', /\p{Script=Malayalam}/u],
]

/** The font that can write this text: each script font has Latin letters and digits too. */
export const fontFor = (text: string, latin: FontName): FontName =>
  SCRIPTS.find(([, script]) => script.test(text))?.[0] ?? latin
