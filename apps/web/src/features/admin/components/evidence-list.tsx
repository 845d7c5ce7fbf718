import type { EvidenceView } from '@marquee/contracts/alerts'
import { Badge } from '../../../components/ui/badge.tsx'

const TONES = { strong: 'ok', weak: 'marquee', veto: 'danger' } as const

/** What was read, where, and how much it counts. */
export function EvidenceList({ evidence }: { evidence: readonly EvidenceView[] }) {
  if (evidence.length === 0) return <p className="text-muted">No evidence: nothing on the page could be believed.</p>
  return (
    <ul className="flex flex-col gap-4">
      {evidence.map((proof, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: what was read never changes, and one rule may speak twice
          key={index}
          className="min-w-0"
        >
          <p className="flex flex-wrap items-center gap-2">
            <b className="wrap-anywhere font-medium">{proof.rule}</b>
            <Badge tone={TONES[proof.strength]}>{proof.strength}</Badge>
          </p>
          <p className="wrap-anywhere text-12 text-muted">{proof.where}</p>
          <pre className="wrap-anywhere mt-1.5 whitespace-pre-wrap rounded-control border border-line bg-ground px-3 py-2 font-mono text-12">
            {proof.excerpt}
          </pre>
          <p className="wrap-anywhere mt-1 font-mono text-12 text-muted">{proof.hash}</p>
        </li>
      ))}
    </ul>
  )
}
