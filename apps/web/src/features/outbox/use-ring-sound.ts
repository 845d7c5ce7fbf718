import { useEffect, useRef } from 'react'

/** Two short tones, then a pause, as phones in India and Britain ring. */
const PATTERN = [
  { from: 0, to: 0.4 },
  { from: 0.6, to: 1 },
]
const EVERY_MS = 3_000
const TONES = [400, 450]
const LOUDNESS = 0.06

/** Rings while it should, once a person has switched it on: before that no browser makes a sound, and no page should. */
export function useRingSound(ringing: boolean, on: boolean): void {
  const context = useRef<AudioContext | null>(null)
  useEffect(() => {
    if (!on) return
    const audio = new AudioContext()
    context.current = audio
    return () => {
      context.current = null
      void audio.close()
    }
  }, [on])
  useEffect(() => {
    if (!ringing || !on) return
    let stop = playOnce(context.current)
    const timer = setInterval(() => {
      stop()
      stop = playOnce(context.current)
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [ringing, on])
}

function playOnce(audio: AudioContext | null): () => void {
  if (!audio) return () => {}
  const gain = audio.createGain()
  gain.gain.value = 0
  gain.connect(audio.destination)
  for (const { from, to } of PATTERN) {
    gain.gain.setTargetAtTime(LOUDNESS, audio.currentTime + from, 0.01)
    gain.gain.setTargetAtTime(0, audio.currentTime + to, 0.01)
  }
  const tones = TONES.map((frequency) => {
    const tone = audio.createOscillator()
    tone.frequency.value = frequency
    tone.connect(gain)
    tone.start()
    return tone
  })
  return () => {
    for (const tone of tones) tone.stop()
    gain.disconnect()
  }
}
