import type { SourceRow } from '@marquee/contracts/listings'
import { Link } from 'react-router'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { adminPaths } from '../../../lib/admin-paths.ts'
import { formatCount, formatMoment, midSentence, plural } from '../../../lib/format.ts'
import { HEALTH } from '../watching-words.ts'
import { Moment } from './moment.tsx'
import type { SourceAct } from './source-dialog.tsx'

interface SourceCardProps {
  source: SourceRow
  /** Of a slug. */
  cityName: (slug: string) => string
  onAct: (act: SourceAct) => void
}

/** One watched site: how it fares, how gently it is asked, and what can be decided about it. */
export function SourceCard({ source, cityName, onAct }: SourceCardProps) {
  const { label, tone } = HEALTH[source.health]
  return (
    <article aria-label={source.name} className="rounded-card border border-line bg-raised p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-20">
            {source.name} <Badge tone={tone}>{label}</Badge>
          </h2>
          <p className="wrap-anywhere mt-1">{source.healthWhy}.</p>
          <p className="wrap-anywhere text-muted">
            {source.own ? 'Our own catalogue: always on, asks nobody.' : `${source.kind} · ${source.baseUrl}`}
          </p>
        </div>
        {!source.own && (
          <div className="flex flex-wrap gap-2">
            {source.enabled && <Act label="Manners" of={source} onPress={() => onAct('manners')} />}
            {source.frozenAt ? (
              <Act label="Thaw" of={source} onPress={() => onAct('thaw')} />
            ) : (
              source.enabled && <Act label="Freeze" of={source} danger onPress={() => onAct('freeze')} />
            )}
            <Act
              label={source.enabled ? 'Switch off' : 'Switch on'}
              of={source}
              onPress={() => onAct(source.enabled ? 'off' : 'on')}
            />
          </div>
        )}
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 border-line border-t pt-4 sm:grid-cols-3 xl:grid-cols-4">
        {(source.own || source.enabled) && (
          <Fact name="Watches">
            {source.watches > 0 ? (
              <Link
                to={adminPaths.watches({ source: source.id })}
                className="text-marquee-text underline underline-offset-2"
              >
                {formatCount(source.watches)}
                <span className="sr-only"> of {source.name}</span>
              </Link>
            ) : (
              'none'
            )}
            {source.blindWatches > 0 && <span className="text-danger">, {formatCount(source.blindWatches)} blind</span>}
          </Fact>
        )}
        {!source.own && (
          <>
            <Fact name="Spent today">
              {formatCount(source.spentToday)} of {formatCount(source.dailyBudget)}
              <span aria-hidden="true" className="mt-1.5 block h-1 max-w-32 overflow-hidden rounded-full bg-line">
                <span
                  className="block h-full bg-marquee-text"
                  style={{ width: `${Math.min(100, (100 * source.spentToday) / source.dailyBudget)}%` }}
                />
              </span>
            </Fact>
            <Fact name="Gap">{plural(source.minGapSeconds, 'second')} at least</Fact>
            <Fact name="Interval">
              {source.intervalSeconds ? `every ${plural(source.intervalSeconds, 'second')}` : 'by the film'}
            </Fact>
            {source.enabled && (
              <>
                <Fact name="robots.txt">{source.robots ?? 'not read yet'}</Fact>
                <Fact name="Last good answer">
                  <Moment at={source.lastOkAt} />
                </Fact>
              </>
            )}
            {source.circuitUntil && (
              <Fact name="Left alone until">
                <Moment at={source.circuitUntil} />
              </Fact>
            )}
          </>
        )}
        {source.cities.length > 0 && <Fact name="Cities">{source.cities.map(cityName).join(', ')}</Fact>}
      </dl>
      {source.permission && !source.own && (
        <p className="wrap-anywhere mt-4 text-muted">
          {source.enabled ? 'Permitted' : 'Was permitted'}: {source.permission}
          {source.enabledAt && ` (${source.enabledBy ?? 'the system'}, ${midSentence(formatMoment(source.enabledAt))})`}
        </p>
      )}
      {source.frozenAt && (
        <p className="wrap-anywhere mt-2 text-velvet">
          Frozen {midSentence(formatMoment(source.frozenAt))}: {source.frozenReason}
        </p>
      )}
    </article>
  )
}

function Act({ label, of, danger, onPress }: { label: string; of: SourceRow; danger?: boolean; onPress: () => void }) {
  return (
    <Button
      size="sm"
      variant={danger ? 'danger' : 'secondary'}
      className="max-md:min-h-11"
      onClick={onPress}
      aria-label={`${label}: ${of.name}`}
    >
      {label}
    </Button>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}
