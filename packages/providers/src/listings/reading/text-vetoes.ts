import type { Proof } from './decide.ts'
import { evidenceOf } from './evidence.ts'
import { soldOutTexts } from './sold-out-text.ts'
import type { PageDom } from './visible-text.ts'

/** What the page of a film says to everybody against its being open. It weighs against proofs and never proves anything. */
export const textVetoes = (dom: PageDom): Proof[] =>
  soldOutTexts(dom).map(({ kind, text, where }) => ({
    ...evidenceOf(`text.${kind}`, 'veto', where, text),
    place: 'text',
    date: null,
  }))
