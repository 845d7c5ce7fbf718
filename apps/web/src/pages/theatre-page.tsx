export function TheatrePage() {
  return <div className="wrap py-12" />
}
