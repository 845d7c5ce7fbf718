import type { FastifyBaseLogger } from 'fastify'

type Options = Parameters<FastifyBaseLogger['child']>
type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
type Parent = FastifyBaseLogger & { isLevelEnabled(level: string): boolean }

/**
 * A request's own log, made when it first says something. Most requests say nothing, and making one, with its list of
 * what must never be logged, is a good part of what a small answer costs.
 */
class LazyLog {
  readonly #parent: Parent
  readonly #options: Options
  #made: FastifyBaseLogger | undefined

  constructor(parent: Parent, options: Options) {
    this.#parent = parent
    this.#options = options
  }

  get level() {
    return this.#parent.level
  }
  child(...options: Options) {
    return this.#own().child(...options)
  }
  fatal(...words: unknown[]) {
    this.#say('fatal', words)
  }
  error(...words: unknown[]) {
    this.#say('error', words)
  }
  warn(...words: unknown[]) {
    this.#say('warn', words)
  }
  info(...words: unknown[]) {
    this.#say('info', words)
  }
  debug(...words: unknown[]) {
    this.#say('debug', words)
  }
  trace(...words: unknown[]) {
    this.#say('trace', words)
  }
  silent() {}

  #own(): FastifyBaseLogger {
    this.#made ??= this.#parent.child(...this.#options)
    return this.#made
  }

  #say(level: Level, words: unknown[]) {
    if (!this.#parent.isLevelEnabled(level)) return
    const log = this.#own()
    Reflect.apply(log[level], log, words)
  }
}

/** For Fastify's `childLoggerFactory`. */
export const lazyLog = (parent: FastifyBaseLogger, ...options: Options): FastifyBaseLogger =>
  new LazyLog(parent as Parent, options) as FastifyBaseLogger
