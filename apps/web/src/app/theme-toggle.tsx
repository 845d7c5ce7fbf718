import { IconButton } from '../components/ui/icon-button.tsx'
import { setTheme, systemIsDark, useTheme } from '../lib/theme.ts'
import { ThemeIcon } from './icons.tsx'

/** System → the other one → the one the system has → system. The first press always changes something. */
export function ThemeToggle() {
  const theme = useTheme((state) => state.theme)
  function next() {
    const other = systemIsDark() ? 'light' : 'dark'
    if (theme === 'system') setTheme(other)
    else if (theme === other) setTheme(other === 'dark' ? 'light' : 'dark')
    else setTheme('system')
  }
  const name = { system: 'as the system', dark: 'dark', light: 'light' }[theme]
  return (
    <IconButton label={`Colours: ${name}. Change`} onClick={next}>
      <ThemeIcon theme={theme} />
    </IconButton>
  )
}
