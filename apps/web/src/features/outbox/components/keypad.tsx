import { clsx } from 'clsx'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
const NAMES: Partial<Record<string, string>> = { '*': 'Star', '#': 'Hash' }

interface KeypadProps {
  /** Keys that the caller waits for now; null while it only speaks. */
  listensFor: string | null
  disabled: boolean
  onPress: (key: string) => void
}

/** All twelve, as on any phone; those that are waited for are lit. */
export function Keypad({ listensFor, disabled, onPress }: KeypadProps) {
  return (
    <fieldset className="grid grid-cols-3 gap-2">
      <legend className="sr-only">Keys{listensFor ? `: ${[...listensFor].join(', ')} are waited for` : ''}</legend>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          aria-label={NAMES[key] ?? key}
          aria-disabled={disabled || undefined}
          onClick={() => !disabled && onPress(key)}
          className={clsx(
            'min-h-11 rounded-control border font-display text-20 transition-colors duration-150 hover:border-text',
            listensFor?.includes(key)
              ? 'border-marquee-text font-bold text-marquee-text'
              : 'border-line font-medium text-text',
          )}
        >
          {key}
        </button>
      ))}
    </fieldset>
  )
}
