import type { UserRow } from '@marquee/contracts/admin'
import type { UserRole } from '@marquee/contracts/auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Field, Select } from '../../../components/ui/field.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { changeRole } from '../api.ts'
import { ROLES } from '../roles.ts'
import { TheatreChoice } from './theatre-choice.tsx'

export function RoleDialog({ user, onClose }: { user: UserRow; onClose: () => void }) {
  const client = useQueryClient()
  const [role, setRole] = useState<UserRole>(user.role)
  const [theatreIds, setTheatreIds] = useState(user.theatreIds)
  const save = useMutation({
    mutationFn: () => changeRole(user.id, { role, theatreIds: role === 'admin' ? theatreIds : [] }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['admin'] })
      onClose()
      void toast(`${user.name} is ${ROLES[role].toLowerCase()} now, and signs in again.`, { tone: 'ok' })
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      kind="sheet"
      title={`Role of ${user.name}`}
      description="Their sessions end, so that the new role counts at once."
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button variant="primary" busy={save.isPending} onClick={() => save.mutate()}>
            Change the role
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field label="Role">
          <Select value={role} onChange={(event) => setRole(event.target.value as UserRole)}>
            {Object.entries(ROLES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {role === 'admin' && <TheatreChoice chosen={theatreIds} onChange={setTheatreIds} />}
        <p role="alert" className="text-14 text-danger empty:hidden">
          {save.error?.message}
        </p>
      </div>
    </Dialog>
  )
}
