import { getTicketPdf } from './api.ts'

/** Fetches the ticket with the session's token and hands it to the browser as a file. Throws ApiError. */
export async function downloadTicket(bookingId: string, code: string): Promise<void> {
  const pdf = await getTicketPdf(bookingId)
  const url = URL.createObjectURL(pdf)
  const link = document.createElement('a')
  link.href = url
  link.download = `marquee-ticket-${code}.pdf`
  document.body.append(link)
  link.click()
  link.remove()
  // Some phones read the file only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
