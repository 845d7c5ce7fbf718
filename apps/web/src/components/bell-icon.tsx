export function BellIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      width={18}
      height={18}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      aria-hidden="true"
    >
      <path d="M6 16.5V11a6 6 0 1 1 12 0v5.5l2 2H4zM10 21h4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
