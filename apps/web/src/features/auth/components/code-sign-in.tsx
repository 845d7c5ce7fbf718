import { useState } from 'react'
import { CodeStep } from '../../../components/otp/code-step.tsx'
import type { SentCode } from '../../../lib/otp.ts'
import { signInByCode } from '../session-actions.ts'
import { ContactChoice } from './contact-choice.tsx'

export function CodeSignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const [sent, setSent] = useState<SentCode | null>(null)
  if (!sent) return <ContactChoice purpose="login" onSent={setSent} />
  return (
    <CodeStep
      key={sent.challengeId}
      sent={sent}
      ifAccount
      submitLabel="Sign in"
      backLabel="Send it elsewhere"
      onBack={() => setSent(null)}
      onProof={async (proof) => {
        await signInByCode(proof)
        onSignedIn()
      }}
    />
  )
}
