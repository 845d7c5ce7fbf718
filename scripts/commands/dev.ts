import path from 'node:path'
import { freePort, portIsBusy } from '../services/ports.ts'
import { apiAndWorker, launch } from '../stack/launch.ts'
import { LOGS, ROOT } from '../stack/paths.ts'
import { sayWelcome } from '../stack/welcome.ts'

/** `npm run dev`: the same, with the API and the worker restarted, and the page updated, at every change. */
export async function dev(): Promise<number> {
  const webPort = await webDevPort()
  const address = `http://localhost:${webPort}`
  // Links in mails, redirects from the payment page and the CORS list must name the address the browser is on.
  process.env.PUBLIC_BASE_URL ||= address
  return await launch({
    buildWeb: false,
    programs: (env) => {
      const { WEB_DIST: _, ...apiEnv } = env
      const servers = apiAndWorker(apiEnv).map((program) => ({
        ...program,
        options: ['--watch', '--watch-preserve-output'],
        inherit: true,
      }))
      const apiUrl = `http://127.0.0.1:${env.PORT || 3001}`
      const web = path.join(ROOT, 'apps', 'web', 'node_modules', 'vite', 'bin', 'vite.js')
      const args = [path.join(ROOT, 'apps', 'web'), '--port', String(webPort), '--strictPort']
      return [
        ...servers,
        { name: 'web', main: web, args, env: { ...env, API_URL: apiUrl }, inherit: true, logFolder: LOGS },
      ]
    },
    ready: (env) => sayWelcome(address, env),
  })
}

const webDevPort = async () => (process.env.WEB_PORT ? Number(process.env.WEB_PORT) : await preferred(5173))

async function preferred(port: number) {
  return (await portIsBusy(port)) || (await portIsBusy(port, '::1')) ? await freePort() : port
}
