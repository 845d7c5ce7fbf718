import { useEffect } from 'react'
import { Toaster as Sonner } from 'sonner'
import { useTheme } from '../../lib/theme.ts'
import { toasterMounted } from './toast.ts'

export function Toaster() {
  const theme = useTheme((state) => state.theme)
  useEffect(toasterMounted, [])
  return (
    <Sonner
      theme={theme}
      position="top-center"
      offset={76}
      mobileOffset={{ top: 72 }}
      toastOptions={{
        style: {
          background: 'var(--text)',
          color: 'var(--ground)',
          border: 'none',
          borderRadius: 'var(--radius-control)',
          boxShadow: 'var(--float)',
          fontFamily: 'var(--font-sans)',
          fontSize: '0.9375rem',
        },
        descriptionClassName: 'text-ground! opacity-80',
        // As large as a thumb: somebody's phone may be ringing.
        actionButtonStyle: {
          height: '2.75rem',
          padding: '0 0.875rem',
          background: 'transparent',
          color: 'var(--ground)',
          border: '1px solid var(--ground)',
          borderRadius: 'var(--radius-control)',
          fontSize: '0.875rem',
          fontWeight: 600,
        },
      }}
    />
  )
}
