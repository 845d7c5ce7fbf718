import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { CodeStep } from '../components/otp/code-step.tsx'
import { AuthFrame } from '../features/auth/components/auth-frame.tsx'
import { ContactChoice } from '../features/auth/components/contact-choice.tsx'
import { NewPasswordForm } from '../features/auth/components/new-password-form.tsx'
import { PosterTrio } from '../features/catalog/components/poster-trio.tsx'
import type { SentCode } from '../lib/otp.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { endSession } from '../lib/session.ts'

type Step = { is: 'where' } | { is: 'code'; sent: SentCode } | { is: 'password'; proof: string }

export function ForgotPasswordPage() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [step, setStep] = useState<Step>({ is: 'where' })
  const next = params.get('next') ?? undefined
  usePageTitle('A new password')

  return (
    <AuthFrame
      title="A new password"
      intro={
        <>
          Remembered it?{' '}
          <Link to={paths.signIn(next)} className="font-medium text-marquee-text underline underline-offset-4">
            Sign in
          </Link>
        </>
      }
      aside={<PosterTrio />}
    >
      {step.is === 'where' && (
        <ContactChoice purpose="reset-password" onSent={(sent) => setStep({ is: 'code', sent })} />
      )}
      {step.is === 'code' && (
        <CodeStep
          key={step.sent.challengeId}
          sent={step.sent}
          ifAccount
          submitLabel="Continue"
          backLabel="Send it elsewhere"
          onBack={() => setStep({ is: 'where' })}
          onProof={async (proof) => setStep({ is: 'password', proof })}
        />
      )}
      {step.is === 'password' && (
        <NewPasswordForm
          proof={step.proof}
          onChanged={() => {
            endSession()
            void navigate(paths.signIn(next), { replace: true, state: { passwordChanged: true } })
          }}
        />
      )}
    </AuthFrame>
  )
}
