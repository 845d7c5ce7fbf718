import { type Config, readConfig } from '../config.ts'

/** The configuration of this process. What is wrong with the environment is printed, all of it, and ends the process. */
export function readConfigOrExit(environment: Record<string, string | undefined>): Config {
  try {
    return readConfig(environment)
  } catch (error) {
    console.error((error as Error).message)
    return process.exit(1)
  }
}
