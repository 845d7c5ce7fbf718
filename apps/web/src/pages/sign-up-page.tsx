import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'
import { AuthFrame } from '../features/auth/components/auth-frame.tsx'
import { SignUpForm } from '../features/auth/components/sign-up-form.tsx'
import { PosterTrio } from '../features/catalog/components/poster-trio.tsx'
import { usePageTitle } from '../lib/page-title.ts'
import { paths, safeNext } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

export function SignUpPage() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const signedIn = useSession((state) => state.status === 'signed-in')
  const raw = params.get('next')
  const next = safeNext(raw)
  usePageTitle('Create an account')

  if (signedIn) return <Navigate to={next} replace />
  return (
    <AuthFrame
      title="Create an account"
      intro={
        <>
          Already have one?{' '}
          <Link
            to={paths.signIn(raw ?? undefined)}
            className="font-medium text-marquee-text underline underline-offset-4"
          >
            Sign in
          </Link>
        </>
      }
      aside={<PosterTrio />}
    >
      <SignUpForm onSignedUp={() => void navigate(next, { replace: true })} />
    </AuthFrame>
  )
}
