import type { DemoAccountList } from '@marquee/contracts/auth'
import { useQuery } from '@tanstack/react-query'
import { demoQuery } from '../../../lib/demo.ts'

type Account = DemoAccountList['items'][number]

/** Only a development API answers; anywhere else this is nothing at all. */
export function DemoAccounts({ onChoose }: { onChoose: (account: Account) => void }) {
  const accounts = useQuery(demoQuery)
  if (!accounts.data || accounts.data.items.length === 0) return null
  return (
    <section aria-labelledby="demo-accounts" className="mt-8 rounded-card border border-line border-dashed p-4">
      <h2 id="demo-accounts" className="text-16">
        Demo accounts
      </h2>
      <p className="mt-1 text-14 text-muted">This is a development copy. Press one to fill in the form.</p>
      <ul className="mt-3 flex flex-col">
        {accounts.data.items.map((account) => (
          <li key={account.email}>
            <button
              type="button"
              onClick={() => onChoose(account)}
              className="flex min-h-11 w-full items-center gap-x-3 rounded-control px-2 text-left text-14 hover:bg-raised"
            >
              <span className="font-medium">{account.name}</span>
              <span className="min-w-0 flex-1 truncate text-muted">{account.email}</span>
              <span className="text-12 text-muted">{account.role}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
