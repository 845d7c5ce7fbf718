export function SearchPage() {
  return <div className="wrap py-12" />
}
