import { defineConfig, devices } from '@playwright/test'
import { browser } from './scripts/services/chromium.ts'
import { freePort } from './scripts/services/ports.ts'

const { executablePath, channel, env, args } = await browser()
// Playwright loads this file again in each worker: they inherit what the first load chose.
if (executablePath) process.env.CHROMIUM_PATH = executablePath
process.env.E2E_PORT ??= String(await freePort())
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes the second time hides a race, and races are what this product is about.
  retries: 0,
  workers: 2,
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
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } }, testIgnore: '**/*.phone.spec.ts' },
    { name: 'phone', use: { ...devices['Pixel 7'] }, testMatch: '**/*.phone.spec.ts' },
  ],
  webServer: {
    command: 'node --disable-warning=ExperimentalWarning e2e/serve.ts',
    url: `${baseURL}/api/health`,
    timeout: 120_000,
    stdout: 'pipe',
    stderr: 'pipe',
    env: { E2E_PORT: process.env.E2E_PORT },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
})
