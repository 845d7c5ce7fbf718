import { saveFile } from '../../lib/save-file.ts'
import { getTicketPdf } from './api.ts'

/** Throws ApiError. */
export async function downloadTicket(bookingId: string, code: string): Promise<void> {
  saveFile(await getTicketPdf(bookingId), `marquee-ticket-${code}.pdf`)
}
