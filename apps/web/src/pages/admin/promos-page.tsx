import type { Promo } from '@marquee/contracts/offers'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { DataTable } from '../../components/ui/data-table.tsx'
import { Dialog } from '../../components/ui/dialog.tsx'
import { Pager, pageOf } from '../../components/ui/pager.tsx'
import { changePromo, listPromos, PER_PAGE } from '../../features/admin/api.ts'
import { ListStates } from '../../features/admin/components/list-states.tsx'
import { PromoForm } from '../../features/admin/components/promo-form.tsx'
import { adminPaths } from '../../lib/admin-paths.ts'
import { formatCount, formatMoment, formatMoney } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/page-title.ts'

export function AdminPromosPage() {
  const [query] = useSearchParams()
  const page = pageOf(query)
  const client = useQueryClient()
  const [making, setMaking] = useState(false)
  const promos = useQuery({
    queryKey: ['admin', 'promos', page],
    queryFn: () => listPromos({ page }),
    placeholderData: keepPreviousData,
  })
  const change = useMutation({
    mutationFn: (promo: Promo) => changePromo(promo.id, { active: !promo.active }),
    onSettled: () => client.invalidateQueries({ queryKey: ['admin', 'promos'] }),
  })
  usePageTitle('Promo codes')
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-26">Promo codes</h1>
        <Button variant="primary" onClick={() => setMaking(true)}>
          New code
        </Button>
      </div>
      <p role="alert" className="mb-3 text-danger empty:hidden">
        {change.error?.message}
      </p>
      <ListStates
        query={promos}
        what="The promo codes"
        isEmpty={(data) => data.items.length === 0}
        empty={{ title: 'No code yet', why: 'A code takes a percentage or an amount off the price of the seats.' }}
      >
        {(data) => (
          <DataTable
            caption="Promo codes"
            rows={data.items}
            keyOf={(row) => row.id}
            busy={promos.isPlaceholderData}
            columns={[
              {
                label: 'Code',
                cell: (row) => (
                  <>
                    <span className="font-medium font-mono">{row.code}</span>
                    {row.description && <span className="block text-muted">{row.description}</span>}
                  </>
                ),
              },
              { label: 'Takes off', cell: takesOff },
              { label: 'From', cell: (row) => formatMoment(row.startsAt) },
              { label: 'Until', cell: (row) => formatMoment(row.endsAt) },
              {
                label: 'Used',
                cell: (row) => `${formatCount(row.uses)}${row.maxUses ? ` of ${formatCount(row.maxUses)}` : ''}`,
              },
              {
                label: 'State',
                cell: (row) => <Badge tone={row.active ? 'ok' : 'neutral'}>{row.active ? 'Active' : 'Stopped'}</Badge>,
              },
              {
                label: 'Change',
                cell: (row) => (
                  <Button
                    size="sm"
                    busy={change.isPending && change.variables.id === row.id}
                    disabled={change.isPending}
                    onClick={() => change.mutate(row)}
                    aria-label={`${row.active ? 'Stop' : 'Resume'} ${row.code}`}
                  >
                    {row.active ? 'Stop' : 'Resume'}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </ListStates>
      <Pager
        total={promos.data?.total ?? 0}
        perPage={PER_PAGE}
        page={page}
        to={(next) => adminPaths.promos({ page: next })}
      />
      <Dialog open={making} onOpenChange={setMaking} kind="sheet" title="A new promo code">
        <PromoForm onDone={() => setMaking(false)} />
      </Dialog>
    </>
  )
}

function takesOff(promo: Promo): string {
  const amount = promo.kind === 'PERCENT' ? `${promo.percent} %` : formatMoney(promo.amountMinor ?? 0)
  const cap = promo.capMinor ? `, at most ${formatMoney(promo.capMinor)}` : ''
  const from = promo.minBaseMinor > 0 ? `, from ${formatMoney(promo.minBaseMinor)}` : ''
  return amount + cap + from
}
