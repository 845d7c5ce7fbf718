import { apiAndWorker, launch } from '../stack/launch.ts'
import { LOGS } from '../stack/paths.ts'
import { sayWelcome } from '../stack/welcome.ts'

/** `npm start`: everything, on one address, with the demo data. */
export async function start(_args: string[]): Promise<number> {
  return await launch({
    buildWeb: true,
    programs: apiAndWorker,
    ready: (env) => sayWelcome(`http://localhost:${env.PORT || 3001}`, env, [`Logs             ${LOGS}`]),
  })
}
