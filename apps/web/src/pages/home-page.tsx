export function HomePage() {
  return <div className="wrap py-12" />
}
