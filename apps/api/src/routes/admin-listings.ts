import { PageQuery } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import {
  ForecastList,
  ForecastQuery,
  FreezeSourceBody,
  ObservationList,
  OpeningList,
  OpeningParams,
  OpeningQuery,
  OpeningRow,
  SourceList,
  SourceParams,
  SourceRow,
  UpdateSourceBody,
  WatchList,
  WatchParams,
  WatchQuery,
  WatchRow,
} from '@marquee/contracts/listings'
import { dismissOpening } from '@marquee/core/listings/dismiss-opening'
import { freezeSource } from '@marquee/core/listings/freeze-source'
import { getForecast } from '@marquee/core/listings/get-forecast'
import { listObservations } from '@marquee/core/listings/list-observations'
import { listOpenings } from '@marquee/core/listings/list-openings'
import { listSources } from '@marquee/core/listings/list-sources'
import { listWatches } from '@marquee/core/listings/list-watches'
import { lookNow } from '@marquee/core/listings/look-now'
import { releaseOpening } from '@marquee/core/listings/release-opening'
import { thawSource } from '@marquee/core/listings/thaw-source'
import { updateSource } from '@marquee/core/listings/update-source'
import { originOf } from '../plugins/network.ts'
import type { Routes } from './routes.ts'

const tags = ['admin']
const reads = { access: 'listing.read' } as const
const manages = { access: 'listing.manage' } as const

/** Mounted at /api/admin. The sites that are watched, what they said, and what opened on them. */
export const adminListingRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/sources',
    { config: reads, schema: { tags, summary: 'Watched sites and how they fare', response: { 200: SourceList } } },
    async ({ actor }) => listSources(ctx, { actor }),
  )
  app.patch(
    '/sources/:sourceId',
    {
      config: manages,
      schema: {
        tags,
        summary: 'Switch a site on or off, set its manners; switching on needs the reason why polling is permitted',
        params: SourceParams,
        body: UpdateSourceBody,
        response: { 200: SourceRow, 409: ErrorBody },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return updateSource(ctx, { actor, sourceId: params.sourceId, change: body, origin: originOf(request) })
    },
  )
  app.post(
    '/sources/:sourceId/freeze',
    {
      config: manages,
      schema: {
        tags,
        summary: 'Kill switch: nothing of this site is told to anybody',
        params: SourceParams,
        body: FreezeSourceBody,
        response: { 200: SourceRow, 409: ErrorBody },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return freezeSource(ctx, { actor, sourceId: params.sourceId, ...body, origin: originOf(request) })
    },
  )
  app.post(
    '/sources/:sourceId/thaw',
    {
      config: manages,
      schema: {
        tags,
        summary: 'End a freeze; held openings stay held until each is decided',
        params: SourceParams,
        body: FreezeSourceBody,
        response: { 200: SourceRow, 409: ErrorBody },
      },
    },
    async (request) => {
      const { actor, params, body } = request
      return thawSource(ctx, { actor, sourceId: params.sourceId, ...body, origin: originOf(request) })
    },
  )

  app.get(
    '/watches',
    {
      config: reads,
      schema: { tags, summary: 'What is watched', querystring: WatchQuery, response: { 200: WatchList } },
    },
    async ({ actor, query }) => listWatches(ctx, { actor, query }),
  )
  app.post(
    '/watches/:watchId/look',
    {
      config: manages,
      schema: {
        tags,
        summary: 'Look again as soon as the site allows',
        params: WatchParams,
        response: { 200: WatchRow, 409: ErrorBody },
      },
    },
    async (request) => {
      const { actor, params } = request
      return lookNow(ctx, { actor, watchId: params.watchId, origin: originOf(request) })
    },
  )
  app.get(
    '/watches/:watchId/observations',
    {
      config: reads,
      schema: {
        tags,
        summary: 'The looks at one film on one site, with their evidence',
        params: WatchParams,
        querystring: PageQuery,
        response: { 200: ObservationList },
      },
    },
    async ({ actor, params, query }) => listObservations(ctx, { actor, watchId: params.watchId, query }),
  )

  app.get(
    '/openings',
    {
      config: reads,
      schema: {
        tags,
        summary: 'What opened, with its proof',
        querystring: OpeningQuery,
        response: { 200: OpeningList },
      },
    },
    async ({ actor, query }) => listOpenings(ctx, { actor, query }),
  )
  app.post(
    '/openings/:openingId/release',
    {
      config: manages,
      schema: {
        tags,
        summary: 'A held opening is real: tell whoever waits',
        params: OpeningParams,
        response: { 200: OpeningRow, 409: ErrorBody },
      },
    },
    async (request) => {
      const { actor, params } = request
      return releaseOpening(ctx, { actor, openingId: params.openingId, origin: originOf(request) })
    },
  )
  app.post(
    '/openings/:openingId/dismiss',
    {
      config: manages,
      schema: {
        tags,
        summary: 'A held opening is none: tell nobody',
        params: OpeningParams,
        response: { 200: OpeningRow, 409: ErrorBody },
      },
    },
    async (request) => {
      const { actor, params } = request
      return dismissOpening(ctx, { actor, openingId: params.openingId, origin: originOf(request) })
    },
  )

  app.get(
    '/forecasts',
    {
      config: { access: 'forecast.read' },
      schema: {
        tags,
        summary: 'When booking usually opens at each theatre of a city',
        querystring: ForecastQuery,
        response: { 200: ForecastList },
      },
    },
    async ({ actor, query }) => getForecast(ctx, { actor, city: query.city }),
  )
}
