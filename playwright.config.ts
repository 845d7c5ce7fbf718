import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { browser } from './scripts/services/chromium.ts'
import { freePort } from './scripts/services/ports.ts'

const { executablePath, channel, env, args } = await browser()
// Playwright loads this file again in each worker: they inherit what the first load chose.
if (executablePath) process.env.CHROMIUM_PATH = executablePath
process.env.E2E_PORT ??= String(await freePort())
process.env.E2E_STAGE ??= path.join(tmpdir(), `marquee-e2e-stage-${process.env.E2E_PORT}.json`)
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes the second time hides a race, and races are what this product is about.
  retries: 0,
  workers: 3,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    launchOptions: { args, env, ...(executablePath ? { executablePath } : { channel }) },
  },
  projects: [
    { name: 'browser', use: { viewport: { width: 1280, height: 800 } } },
    // Pictures for the README, only when asked for: SCREENSHOTS=1 playwright test --project screenshots
    ...(process.env.SCREENSHOTS ? [{ name: 'screenshots', testMatch: '**/screenshots.ts' }] : []),
  ],
  webServer: {
    command: 'node --disable-warning=ExperimentalWarning e2e/serve.ts',
    url: `${baseURL}/api/health`,
    timeout: 120_000,
    stdout: 'pipe',
    stderr: 'pipe',
    env: { E2E_PORT: process.env.E2E_PORT, E2E_STAGE: process.env.E2E_STAGE },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
})
