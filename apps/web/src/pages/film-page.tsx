export function FilmPage() {
  return <div className="wrap py-12" />
}
