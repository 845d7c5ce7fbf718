import type { Ctx } from '@marquee/core/context'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'

/** One file of routes. `export const cityRoutes: Routes = async (app, { ctx }) => { app.get(…) }` */
export type Routes<More extends object = object> = FastifyPluginAsyncZod<{ ctx: Ctx } & More>
