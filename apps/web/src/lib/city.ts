import { create } from 'zustand'
import { storage } from './storage.ts'

const KEY = 'mq.city'

interface CityState {
  /** The guest's city. Null until one is chosen: the API then answers for its first city. */
  slug: string | null
}

export const useCityChoice = create<CityState>()(() => ({ slug: storage.get(KEY) }))

export function chooseCity(slug: string): void {
  storage.set(KEY, slug)
  useCityChoice.setState({ slug })
}

/** For a remembered city that is no longer served. */
export function forgetCity(): void {
  storage.remove(KEY)
  useCityChoice.setState({ slug: null })
}
