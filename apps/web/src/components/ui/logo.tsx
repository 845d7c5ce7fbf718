export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 26 20" width={26} height={20} aria-hidden="true" className={className}>
      <rect x="1" y="1" width="24" height="18" rx="4.5" fill="none" strokeWidth="2" className="stroke-marquee-text" />
      <g className="fill-marquee-text">
        <circle cx="7.5" cy="10" r="1.6" />
        <circle cx="13" cy="10" r="1.6" />
        <circle cx="18.5" cy="10" r="1.6" />
      </g>
    </svg>
  )
}
