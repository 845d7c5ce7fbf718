export function FilmsPage() {
  return <div className="wrap py-12" />
}
