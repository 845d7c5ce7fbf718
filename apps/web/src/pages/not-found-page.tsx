export function NotFoundPage() {
  return <div className="wrap py-12" />
}
