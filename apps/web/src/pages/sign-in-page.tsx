import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router'
import { AuthFrame } from '../features/auth/components/auth-frame.tsx'
import { SignInForm } from '../features/auth/components/sign-in-form.tsx'
import { PosterTrio } from '../features/catalog/components/poster-trio.tsx'
import { usePageTitle } from '../lib/page-title.ts'
import { paths, safeNext } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

export function SignInPage() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const signedIn = useSession((state) => state.status === 'signed-in')
  const raw = params.get('next')
  const next = safeNext(raw)
  const changed = (useLocation().state as { passwordChanged?: boolean } | null)?.passwordChanged === true
  usePageTitle('Sign in')

  if (signedIn) return <Navigate to={next} replace />
  return (
    <AuthFrame
      title="Sign in"
      intro={
        <>
          New here?{' '}
          <Link
            to={paths.signUp(raw ?? undefined)}
            className="font-medium text-marquee-text underline underline-offset-4"
          >
            Create an account
          </Link>
        </>
      }
      aside={<PosterTrio />}
    >
      {changed && (
        <p role="status" className="mb-6 rounded-control border border-ok px-3.5 py-3 text-ok">
          Your password is changed. Sign in with the new one.
        </p>
      )}
      <SignInForm
        onSignedIn={() => void navigate(next, { replace: true })}
        forgotHref={paths.forgotPassword(raw ?? undefined)}
      />
    </AuthFrame>
  )
}
