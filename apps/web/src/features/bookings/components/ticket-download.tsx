import type { Booking } from '@marquee/contracts/bookings'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { ApiError } from '../../../lib/api-error.ts'
import { downloadTicket } from '../download-ticket.ts'

/** The page asks by itself until the ticket is printed; the button says what it waits for. */
export function TicketDownload({ booking }: { booking: Booking }) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const download = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await downloadTicket(booking.id, booking.code)
    } catch (error) {
      setFailure(error instanceof ApiError ? error.message : 'The ticket did not arrive. Try again in a moment.')
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button variant="primary" busy={busy} disabled={!booking.ticketReady} onClick={() => void download()}>
        <Download aria-hidden="true" className="size-4.5" />
        {booking.ticketReady ? 'Download ticket' : 'Printing your ticket…'}
      </Button>
      <p role="status" className="text-14 text-danger empty:hidden">
        {failure}
      </p>
    </>
  )
}
