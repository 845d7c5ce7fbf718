import { toast } from '../../components/ui/toast.ts'
import { signOut } from './session-actions.ts'

/** Signs out, and says so when the API could not be told. */
export function leave(): void {
  signOut().catch(
    () =>
      void toast('Signed out here. Marquee could not be reached, so other tabs may stay signed in.', {
        tone: 'danger',
      }),
  )
}
