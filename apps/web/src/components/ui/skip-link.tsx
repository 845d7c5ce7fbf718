export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only z-60 rounded-control bg-marquee font-semibold text-ink focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:px-4 focus:py-3"
    >
      Skip to the content
    </a>
  )
}
