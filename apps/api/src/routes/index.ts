import { devGatewayRoutes } from './dev-gateway.ts'
import type { Routes } from './routes.ts'

/** Every route file with the path it is mounted under, in order. A new noun is one line here. */
export const ROUTES: { plugin: Routes; prefix: string }[] = [{ plugin: devGatewayRoutes, prefix: '/dev/gateway' }]
