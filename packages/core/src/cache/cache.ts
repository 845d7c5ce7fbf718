import { LRUCache } from 'lru-cache'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import { RedisAway, type RedisLink } from '../redis.ts'

/** Bumped when the shape of anything cached changes: what an older release wrote is then never read. */
const CACHE_VERSION = 1
/** The one prefix that may be deleted at any time; seat locks and queued jobs live under others. */
export const CACHE_PREFIX = 'cache:'
const LOCAL_ENTRIES = 500
const SCAN_COUNT = 500

/** What an entry is made of. Dropping a tag drops every entry that carries it. */
export const CACHE_TAGS = ['cities', 'theatres', 'movies', 'showtimes', 'popularity'] as const
export type CacheTag = (typeof CACHE_TAGS)[number]

export type CacheCtx = Pick<Ctx, 'config' | 'redis' | 'clock'>

export type CacheEntry<T> = {
  key: string
  tags: readonly CacheTag[]
  ttlSeconds: number
  /** How long this process answers without asking Redis: the longest another process's write goes unseen here. */
  localSeconds?: number
  /** False keeps it in this process alone: for keys that a stranger can make up, which would fill Redis. */
  shared?: boolean
  /** Must give what JSON can carry, and nobody may change it afterwards: it is shared between requests. */
  load: () => Promise<T>
}

export type CacheAnswer<T> = { value: T; from: 'cache' | 'database' }

type Local = {
  entries: LRUCache<string, { value: unknown; stamp: string; until: number }>
  flights: Map<string, Promise<CacheAnswer<unknown>>>
  generations: Map<CacheTag, number>
  /** Tags dropped here while Redis was away: nothing tagged so is read from Redis until it has heard. */
  unheard: Set<CacheTag>
}

/** One per Redis link, that is one per context: tests with several contexts never see each other's entries. */
const locals = new WeakMap<RedisLink, Local>()

/**
 * Reads an entry from this process, then from Redis, then by `load`; callers at the same moment share one load.
 * Each entry carries the generation of its tags from before its load, so a value loaded before a write can never be
 * read after it. Without Redis it still works, from `load` and for `localSeconds`.
 */
export async function cached<T>(ctx: CacheCtx, entry: CacheEntry<T>): Promise<CacheAnswer<T>> {
  const local = localOf(ctx)
  const stamp = entry.tags.map((tag) => local.generations.get(tag) ?? 0).join('.')
  const key = `${CACHE_PREFIX}${CACHE_VERSION}:${databaseName(ctx)}:${entry.key}`
  const known = local.entries.get(key)
  if (known && known.stamp === stamp && known.until > ctx.clock.now().getTime()) {
    return { value: known.value as T, from: 'cache' }
  }
  const flight = `${key} ${stamp}`
  let answer = local.flights.get(flight)
  if (!answer) {
    answer = loadThrough(ctx, local, key, stamp, entry).finally(() => local.flights.delete(flight))
    local.flights.set(flight, answer)
  }
  return (await answer) as CacheAnswer<T>
}

async function loadThrough<T>(
  ctx: CacheCtx,
  local: Local,
  key: string,
  stamp: string,
  entry: CacheEntry<T>,
): Promise<CacheAnswer<T>> {
  const localMs = (entry.shared === false ? entry.ttlSeconds : (entry.localSeconds ?? 2)) * 1000
  const keep = (value: T, until: number) =>
    local.entries.set(key, { value, stamp, until: Math.min(until, ctx.clock.now().getTime() + localMs) })

  const stored = entry.shared === false ? null : await readShared<T>(ctx, local, key, entry.tags)
  if (stored?.hit && stored.hit.until > ctx.clock.now().getTime()) {
    keep(stored.hit.value, stored.hit.until)
    return { value: stored.hit.value, from: 'cache' }
  }
  const value = await entry.load()
  const until = ctx.clock.now().getTime() + entry.ttlSeconds * 1000
  keep(value, until)
  if (stored) {
    const envelope = JSON.stringify({ generation: stored.generation, until, value })
    await unlessAway(() => ctx.redis.run((redis) => redis.set(key, envelope, 'PX', entry.ttlSeconds * 1000)))
  }
  return { value, from: 'database' }
}

type Envelope<T> = { generation: string; until: number; value: T }

/** Null: Redis is away, or has not heard of our own last write yet. */
async function readShared<T>(ctx: CacheCtx, local: Local, key: string, tags: readonly CacheTag[]) {
  if (local.unheard.size > 0) await tellRedis(ctx, local, [...local.unheard])
  if (tags.some((tag) => local.unheard.has(tag))) return null
  const replies = await unlessAway(() =>
    ctx.redis.run((redis) => redis.mget(key, ...tags.map((tag) => generationKey(ctx, tag)))),
  )
  if (!replies) return null
  const [raw, ...generations] = replies
  const generation = generations.map((value) => value ?? '').join('.')
  const envelope = raw ? (JSON.parse(raw) as Envelope<T>) : null
  return { generation, hit: envelope?.generation === generation ? envelope : null }
}

/** Ends every entry that carries one of the tags: here at once, elsewhere within their `localSeconds`. Never throws. */
export async function dropCached(ctx: CacheCtx, tags: readonly CacheTag[]): Promise<void> {
  const local = localOf(ctx)
  for (const tag of tags) local.generations.set(tag, (local.generations.get(tag) ?? 0) + 1)
  await tellRedis(ctx, local, tags)
}

/**
 * Deletes every key under the cache's prefix, by SCAN, and nothing else; never a flush.
 * @returns how many keys went
 * @throws RedisAway
 */
export async function clearCache(ctx: CacheCtx): Promise<number> {
  const local = localOf(ctx)
  for (const tag of CACHE_TAGS) local.generations.set(tag, (local.generations.get(tag) ?? 0) + 1)
  let cleared = 0
  let cursor = '0'
  do {
    const [next, keys] = await ctx.redis.run((redis) =>
      redis.scan(cursor, 'MATCH', `${CACHE_PREFIX}*`, 'COUNT', SCAN_COUNT),
    )
    if (keys.length > 0) cleared += await ctx.redis.run((redis) => redis.unlink(...keys))
    cursor = next
  } while (cursor !== '0')
  // A load that began before this must not pass for a fresh one: give every tag a new generation.
  await tellRedis(ctx, local, CACHE_TAGS)
  return cleared
}

async function tellRedis(ctx: CacheCtx, local: Local, tags: readonly CacheTag[]): Promise<void> {
  const told = await unlessAway(() =>
    ctx.redis.run((redis) => redis.mset(tags.flatMap((tag) => [generationKey(ctx, tag), newId()]))),
  )
  for (const tag of tags) {
    if (told) local.unheard.delete(tag)
    else local.unheard.add(tag)
  }
}

const generationKey = (ctx: CacheCtx, tag: CacheTag) =>
  `${CACHE_PREFIX}${CACHE_VERSION}:${databaseName(ctx)}:generation:${tag}`

/** Two databases on one Redis (a test's and a developer's) never read each other's lists. */
const databaseName = (ctx: CacheCtx) => new URL(ctx.config.database.url).pathname.slice(1)

async function unlessAway<T>(command: () => Promise<T>): Promise<T | null> {
  try {
    return await command()
  } catch (error) {
    if (error instanceof RedisAway) return null
    throw error
  }
}

function localOf(ctx: CacheCtx): Local {
  let local = locals.get(ctx.redis)
  if (!local) {
    const made: Local = {
      entries: new LRUCache({ max: LOCAL_ENTRIES }),
      flights: new Map(),
      generations: new Map(),
      unheard: new Set(),
    }
    ctx.redis.onBack(() => {
      if (made.unheard.size > 0) void tellRedis(ctx, made, [...made.unheard])
    })
    locals.set(ctx.redis, made)
    local = made
  }
  return local
}
