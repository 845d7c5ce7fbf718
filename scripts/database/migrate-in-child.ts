import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const CLI = fileURLToPath(new URL('./migrate-cli.ts', import.meta.url))

/**
 * Applies the migrations in a process of its own: the engine leaves a timer of ten seconds behind in the one it ran in.
 * @returns what the migration command printed
 * @throws Error with the engine's words
 */
export async function migrateInChild(databaseUrl: string): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', CLI, 'deploy']
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, DATABASE_URL: databaseUrl },
    })
    return stdout.trim()
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new Error(`The migrations could not be applied:\n${stderr || String(error)}`, { cause: error })
  }
}
