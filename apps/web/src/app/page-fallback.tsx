/** The instant before the first page's code is here: the page's own colours and nothing that could jump. */
export function PageFallback() {
  return <div className="min-h-dvh" />
}
