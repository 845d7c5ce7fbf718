import { useState } from 'react'
import { LinkButton } from '../components/ui/link-button.tsx'
import { AccountSection } from '../features/account/components/account-section.tsx'
import { CinemaApplication } from '../features/account/components/cinema-application.tsx'
import { ContactRow } from '../features/account/components/contact-row.tsx'
import { DataExport } from '../features/account/components/data-export.tsx'
import { DeleteAccount } from '../features/account/components/delete-account.tsx'
import { PasswordForm } from '../features/account/components/password-form.tsx'
import { ProfileForm } from '../features/account/components/profile-form.tsx'
import { SessionList } from '../features/account/components/session-list.tsx'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

export function AccountPage() {
  const user = useSession((state) => state.user)
  const [changed, setChanged] = useState(false)
  usePageTitle('Your account')
  if (!user) return null
  return (
    <div className="wrap max-w-4xl! pt-6 pb-16 sm:pt-10">
      <h1 className="mb-6 text-34 sm:mb-8 sm:text-48">Your account</h1>
      <AccountSection title="You">
        <ProfileForm user={user} />
      </AccountSection>
      <AccountSection title="How we reach you" intro="Tickets go to the email address. Either of them signs you in.">
        <div className="flex flex-col gap-4">
          <ContactRow what="email" value={user.email} verified={user.emailVerified} />
          <ContactRow what="phone" value={user.phone} verified={user.phoneVerified} />
        </div>
      </AccountSection>
      <AccountSection title="Alerts" intro="Films you wait for, and what you were told.">
        <div className="flex flex-wrap gap-3">
          <LinkButton to={paths.alerts()}>My alerts</LinkButton>
          <LinkButton to={paths.alertMe()} variant="quiet">
            Set an alert
          </LinkButton>
        </div>
      </AccountSection>
      <AccountSection title="Password">
        <PasswordForm onChanged={() => setChanged(true)} />
        <p role="status" className="mt-3 text-14 text-ok empty:hidden">
          {changed && 'Changed. Other devices are signed out.'}
        </p>
      </AccountSection>
      <AccountSection
        title="Where you are signed in"
        intro="Something you do not know? End it, and change the password."
      >
        <SessionList />
      </AccountSection>
      {user.role === 'customer' && (
        <AccountSection title="You run a cinema?" intro="Sell your shows here. A person reads every request.">
          <CinemaApplication user={user} />
        </AccountSection>
      )}
      <AccountSection title="Your data" intro="Everything Marquee knows of you, in one file.">
        <DataExport />
      </AccountSection>
      <AccountSection title="Leaving" intro="Cancel what you will not use first: afterwards nobody can.">
        <DeleteAccount user={user} />
      </AccountSection>
    </div>
  )
}
