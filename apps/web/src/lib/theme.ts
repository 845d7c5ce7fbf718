import { create } from 'zustand'
import { storage } from './storage.ts'

const KEY = 'mq.theme'
export type Theme = 'system' | 'dark' | 'light'

function stored(): Theme {
  const value = storage.get(KEY)
  return value === 'dark' || value === 'light' ? value : 'system'
}

export const useTheme = create<{ theme: Theme }>()(() => ({ theme: stored() }))

/** `theme.js` in the public folder reads the same key before the first paint. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') {
    storage.remove(KEY)
    delete document.documentElement.dataset.theme
  } else {
    storage.set(KEY, theme)
    document.documentElement.dataset.theme = theme
  }
  useTheme.setState({ theme })
}

export function systemIsDark(): boolean {
  return window.matchMedia('(prefers-color-scheme: dark)').matches
}
