import { useOnline } from '../lib/online.ts'

export function OfflineBanner() {
  const online = useOnline()
  return (
    <div role="status">
      {!online && (
        <p className="bg-text text-ground">
          <span className="wrap block py-2.5 text-14">
            You are offline. What you see was loaded earlier; seats and prices may have changed.
          </span>
        </p>
      )}
    </div>
  )
}
