import type { Session, User } from '@marquee/contracts/auth'
import { create } from 'zustand'
import { storage } from './storage.ts'

/** Says only that somebody signed in here, so that a stranger's first visit asks the API nothing. */
const HINT = 'mq.signed-in'

type SessionStatus = 'restoring' | 'signed-in' | 'signed-out'

interface SessionState {
  status: SessionStatus
  /** In memory only. The refresh token is an httpOnly cookie which no script sees. */
  accessToken: string | null
  user: User | null
}

export const useSession = create<SessionState>()(() => ({
  status: storage.get(HINT) === '1' ? 'restoring' : 'signed-out',
  accessToken: null,
  user: null,
}))

export function startSession(session: Session): void {
  storage.set(HINT, '1')
  useSession.setState({ status: 'signed-in', accessToken: session.accessToken, user: session.user })
}

export function endSession(): void {
  storage.remove(HINT)
  useSession.setState({ status: 'signed-out', accessToken: null, user: null })
}

function setMustChange(mustChangePassword: boolean): void {
  useSession.setState(({ user }) => ({ user: user && { ...user, mustChangePassword } }))
}
/** The API answers nothing else until it is done: every page gives way to the one where it is done. */
export const passwordChangeRequired = () => setMustChange(true)
export const passwordChanged = () => setMustChange(false)
