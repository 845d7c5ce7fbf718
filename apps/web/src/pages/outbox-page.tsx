export function OutboxPage() {
  return <div className="wrap py-12" />
}
