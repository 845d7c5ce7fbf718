import './styles/index.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { router } from './app/router.tsx'
import { persistPublicCache, queryClient, restorePublicCache } from './lib/query-client.ts'
import { useSession } from './lib/session.ts'

restorePublicCache()
persistPublicCache()
// Strangers never fetch the client that carries a session.
if (useSession.getState().status === 'restoring') {
  void import('./lib/api-client.ts')
    .then(({ refreshSession }) => refreshSession())
    .catch(() => useSession.setState({ status: 'signed-out' }))
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
