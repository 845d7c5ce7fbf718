import { useQuery } from '@tanstack/react-query'
import { getTicketCode } from '../api.ts'

/** Modules of white around the code: what scanners need to find it (ISO/IEC 18004). */
const QUIET = 4

/** The code the door reads, drawn on white whatever the theme: scanners want dark on light. */
export function TicketQr({ bookingId, code }: { bookingId: string; code: string }) {
  const { data, isError } = useQuery({
    queryKey: ['ticket-qr', bookingId],
    // The drawing code comes only with a ticket to draw.
    queryFn: async () => {
      const [{ verifyUrl }, { create }] = await Promise.all([getTicketCode(bookingId), import('qrcode')])
      return drawModules(create(verifyUrl, { errorCorrectionLevel: 'M' }).modules)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (isError)
    return <p className="text-14 text-muted">The code could not be drawn here: it is on the ticket you download.</p>
  return (
    <figure className="flex w-40 flex-col gap-2">
      <div className="aspect-square rounded-control bg-white">
        {data && (
          <svg
            viewBox={`0 0 ${data.size} ${data.size}`}
            role="img"
            aria-label={`QR code of ticket ${code}`}
            className="size-full"
          >
            <path d={data.path} fill="#000" shapeRendering="crispEdges" />
          </svg>
        )}
      </div>
      <figcaption className="text-12 text-muted">Show this at the door</figcaption>
    </figure>
  )
}

function drawModules(modules: { size: number; get(row: number, column: number): number }) {
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`
    }
  }
  return { path, size: modules.size + 2 * QUIET }
}
