import { Link } from 'react-router'

/** Named at the end, so that whoever came for one of them learns why it is not in the list. */
export function BegunNote({ items }: { items: readonly { id: string; name: string; to: string }[] }) {
  if (items.length === 0) return null
  return (
    <p className="py-5 text-14 text-muted">
      All shows of this day have begun:{' '}
      {items.map((item, index) => (
        <span key={item.id}>
          {index > 0 && ', '}
          <Link to={item.to} className="text-text underline underline-offset-4">
            {item.name}
          </Link>
        </span>
      ))}
      .
    </p>
  )
}
