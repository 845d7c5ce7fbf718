import { create, deploy, drift, status } from './migrate.ts'

const [cmd, arg] = process.argv.slice(2)
const url = process.env.DATABASE_URL
process.on('beforeExit', () => process.exit())
if (!url) throw new Error('DATABASE_URL is not set')
if (cmd === 'deploy') {
  console.log(await deploy(url))
  process.exit()
} else if (cmd === 'create' && arg) console.log(await create(url, arg))
else if (cmd === 'status') console.log(await status(url))
else if (cmd === 'drift') {
  const d = await drift(url)
  console.log(d)
  process.exitCode = d.exitCode
} else {
  console.error('usage: migrate deploy|create NAME|status|drift')
  process.exitCode = 2
}
