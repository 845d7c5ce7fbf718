import { Button } from '../../../components/ui/button.tsx'
import { useSession } from '../../../lib/session.ts'
import { leave } from '../leave.ts'

/** Whose account this is, and the way out of it, on phones: there the header has no room for the account menu. */
export function SignedInRow() {
  const user = useSession((state) => state.user)
  if (!user) return null
  return (
    <div className="mt-10 flex items-center justify-between gap-4 border-line border-t pt-4 text-14 md:hidden">
      <p className="min-w-0">
        <span className="block truncate font-semibold">{user.name}</span>
        {user.email && <span className="block truncate text-muted">{user.email}</span>}
      </p>
      <Button onClick={leave} className="shrink-0">
        Sign out
      </Button>
    </div>
  )
}
