import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { PasswordForm } from '../features/account/components/password-form.tsx'
import { usePageTitle } from '../lib/page-title.ts'
import { safeNext } from '../lib/paths.ts'
import { passwordChanged, useSession } from '../lib/session.ts'

/** The first thing somebody does whose password was made by somebody else. */
export function NewPasswordPage() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const must = useSession((state) => state.user?.mustChangePassword === true)
  const next = safeNext(params.get('next'))
  usePageTitle('Choose a password')
  if (!must) return <Navigate to={next} replace />
  return (
    <div className="wrap pt-6 pb-16 sm:pt-14">
      <div className="max-w-md">
        <h1 className="text-34 sm:text-48">Choose a password</h1>
        <p className="mt-3 mb-7 text-muted">
          Yours was given to you. Before anything else, choose one that only you know.
        </p>
        <PasswordForm
          primary
          onChanged={() => {
            passwordChanged()
            void navigate(next, { replace: true })
          }}
        />
      </div>
    </div>
  )
}
