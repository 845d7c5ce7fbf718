import { create, deploy, drift, status } from './migrate.ts'

const [verb, name] = process.argv.slice(2)
const url = process.env.DATABASE_URL
if (!url) {
  console.error('DATABASE_URL is not set')
  process.exit(2)
}
// The engine leaves a timer behind that would keep this process for ten seconds more.
process.exit(await main(url))

async function main(databaseUrl: string): Promise<number> {
  if (verb === 'deploy') {
    const applied = await deploy(databaseUrl)
    console.log(applied.length === 0 ? 'database is up to date' : `database migrated: ${applied.join(', ')}`)
    return 0
  }
  if (verb === 'create' && name) {
    const folder = await create(databaseUrl, name)
    console.log(folder ? `wrote ${folder}` : 'schema.prisma and the migrations agree: nothing to write')
    return 0
  }
  if (verb === 'status') {
    const { pending, problems } = await status(databaseUrl)
    for (const problem of problems) console.error(problem)
    console.log(pending.length === 0 ? 'every migration is applied' : `not applied yet: ${pending.join(', ')}`)
    return problems.length === 0 ? 0 : 1
  }
  if (verb === 'drift') {
    const sql = await drift(databaseUrl)
    console.log(sql ?? 'schema.prisma and the migrations agree')
    return sql === null ? 0 : 1
  }
  console.error('usage: migrate deploy | create NAME | status | drift')
  return 2
}
