import { quietly } from './steps.ts'

/**
 * What to tell whoever starts a production for the first time; nothing at any other start. The password in it goes to this
 * terminal alone: where the output is a file or a pipe, which is kept, no account is made and the command is named.
 */
export async function firstSuperadmin(env: NodeJS.ProcessEnv): Promise<string> {
  const show = process.stdout.isTTY ? ['--show'] : []
  const script = ['--disable-warning=ExperimentalWarning', 'scripts/first-superadmin.ts', '--if-needed', ...show]
  return (await quietly('Making the first superadmin', process.execPath, script, env)).trimEnd()
}
