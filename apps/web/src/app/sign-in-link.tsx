import { useLocation } from 'react-router'
import { LinkButton } from '../components/ui/link-button.tsx'
import { paths, routes } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

/** Comes back to this page afterwards. Keeps its place, unseen, while a session is being restored. */
export function SignInLink() {
  const { pathname, search } = useLocation()
  const restoring = useSession((state) => state.status === 'restoring')
  const here = pathname === routes.signIn || pathname === routes.signUp || pathname === routes.home
  return (
    <LinkButton to={paths.signIn(here ? undefined : pathname + search)} className={restoring ? 'invisible' : undefined}>
      Sign in
    </LinkButton>
  )
}
