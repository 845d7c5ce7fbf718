import { authRoutes } from './auth.ts'
import { devRoutes } from './dev.ts'
import { devGatewayRoutes } from './dev-gateway.ts'
import { healthRoutes } from './health.ts'
import type { Routes } from './routes.ts'

/** Every route file with the path it is mounted under, in order. A new noun is one line here. */
export const ROUTES: { plugin: Routes; prefix: string }[] = [
  { plugin: healthRoutes, prefix: '' },
  { plugin: authRoutes, prefix: '/api/auth' },
  { plugin: devRoutes, prefix: '/api/dev' },
  { plugin: devGatewayRoutes, prefix: '/dev/gateway' },
]
