import type { DevCall } from '@marquee/contracts/carrier'
import { useEffect, useRef } from 'react'

export const canReadAloud = () => 'speechSynthesis' in window

/** Speaks the words of a call with the browser's voice, from the moment it is switched on; silent once the call is over. */
export function useReadAloud(call: DevCall | undefined, on: boolean): void {
  const spoken = useRef({ id: '', count: 0 })
  const id = call?.id ?? ''
  const talking = call?.state === 'in-progress'
  const said = call?.said
  useEffect(() => {
    if (spoken.current.id !== id) spoken.current = { id, count: 0 }
    if (!said || !canReadAloud()) return
    const from = spoken.current.count
    spoken.current.count = said.length
    if (!on || !talking) return
    for (const { text, language } of said.slice(from)) {
      const words = new SpeechSynthesisUtterance(text)
      words.lang = language
      window.speechSynthesis.speak(words)
    }
  }, [id, said, talking, on])
  useEffect(() => {
    if (!on || !talking) return
    return () => window.speechSynthesis.cancel()
  }, [on, talking])
}
