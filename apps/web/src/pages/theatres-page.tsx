export function TheatresPage() {
  return <div className="wrap py-12" />
}
