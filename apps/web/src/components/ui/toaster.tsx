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
      }}
    />
  )
}
