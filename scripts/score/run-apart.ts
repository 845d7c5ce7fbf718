import { createDatabase } from '../services/throwaway.ts'
import type { Driven } from './drive.ts'
import type { Score } from './measure.ts'
import { type Run, runScore } from './run-score.ts'
import { ALL_SKINS, type ScoreOptions } from './scenario.ts'

type Services = { databaseUrl: string; redisUrl: string }

/**
 * The same weeks with a database, a Redis database and a clock for each site: nobody waits for a film at two of them, so they
 * have nothing to do with each other, and take turns at the processors instead of waiting for one another.
 * @param services the database is migrated, empty, and stays so: each site gets a copy
 */
export async function runApart(services: Services, options: ScoreOptions, tell: (line: string) => void): Promise<Run> {
  const skins = options.skins ?? ALL_SKINS
  const films = Math.ceil(options.films / skins.length)
  const worlds: (Services & { skin: (typeof skins)[number] })[] = []
  for (const [n, skin] of skins.entries()) {
    const name = `score_${skin.replaceAll('-', '_')}`
    await createDatabase(services.databaseUrl, name, new URL(services.databaseUrl).pathname.slice(1))
    const database = new URL(services.databaseUrl)
    database.pathname = `/${name}`
    worlds.push({ skin, databaseUrl: database.href, redisUrl: `${services.redisUrl}/${n + 1}` })
  }
  const began = performance.now()
  const runs = await Promise.all(
    worlds.map(({ skin, ...own }) =>
      runScore(own, { ...options, films, skins: [skin] }, (line) => tell(`${skin.padEnd(18)} ${line}`)),
    ),
  )
  return {
    score: addScores(runs.map(({ score }) => score)),
    driven: addDriven(runs.map(({ driven }) => driven)),
    seconds: (performance.now() - began) / 1000,
  }
}

function addScores(scores: Score[]): Score {
  const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0)
  return {
    sites: scores.flatMap(({ sites }) => sites),
    sales: sum(({ sales }) => sales),
    found: sum(({ found }) => found),
    missed: scores.flatMap(({ missed }) => missed),
    falseOpen: scores.flatMap(({ falseOpen }) => falseOpen),
    doubled: sum(({ doubled }) => doubled),
    untold: sum(({ untold }) => untold),
    aboutOldSales: sum(({ aboutOldSales }) => aboutOldSales),
    alerts: sum(({ alerts }) => alerts),
    peopleDue: sum(({ peopleDue }) => peopleDue),
    delaysMs: scores.flatMap(({ delaysMs }) => delaysMs),
    announcedDelaysMs: scores.flatMap(({ announcedDelaysMs }) => announcedDelaysMs),
    held: sum(({ held }) => held),
    unprovable: sum(({ unprovable }) => unprovable),
    shownBlind: sum(({ shownBlind }) => shownBlind),
    blindTold: sum(({ blindTold }) => blindTold),
  }
}

function addDriven(all: Driven[]): Driven {
  const sum = (of: (driven: Driven) => number) => all.reduce((total, driven) => total + of(driven), 0)
  return {
    looks: sum(({ looks }) => looks),
    lists: sum(({ lists }) => lists),
    deaths: sum(({ deaths }) => deaths),
    released: sum(({ released }) => released),
    dismissed: sum(({ dismissed }) => dismissed),
    due: new Map(all.flatMap(({ due }) => [...due])),
  }
}
