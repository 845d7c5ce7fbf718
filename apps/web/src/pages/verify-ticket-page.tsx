export function VerifyTicketPage() {
  return <div className="wrap py-12" />
}
