import { useState } from 'react'
import { Segmented } from '../../../components/ui/segmented.tsx'
import { CodeSignIn } from './code-sign-in.tsx'
import { PasswordSignIn } from './password-sign-in.tsx'

/** With a password, or without one: who forgot it, or never had one, gets in by a code. */
export function SignInForm({ onSignedIn, forgotHref }: { onSignedIn: () => void; forgotHref: string }) {
  const [way, setWay] = useState<'password' | 'code'>('password')
  return (
    <>
      <Segmented
        label="How to sign in"
        value={way}
        options={[
          { value: 'password', label: 'With my password' },
          { value: 'code', label: 'With a code' },
        ]}
        onChange={setWay}
        className="mb-6"
      />
      {way === 'password' ? (
        <PasswordSignIn onSignedIn={onSignedIn} forgotHref={forgotHref} />
      ) : (
        <CodeSignIn onSignedIn={onSignedIn} />
      )}
    </>
  )
}
