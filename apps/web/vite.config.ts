import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const api = process.env.API_URL ?? 'http://localhost:3001'

/** The two faces above the fold are asked for with the page instead of after the style sheet. */
function preloadFonts(): Plugin {
  return {
    name: 'marquee-preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /(inter|bricolage-grotesque)-latin-wght-normal.*\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
            injectTo: 'head' as const,
          })),
    },
  }
}

/** The API sends these beside-files as they are, so that no request pays for compressing the same text again. */
function precompress(): Plugin {
  let outDir = ''
  return {
    name: 'marquee-precompress',
    apply: 'build',
    configResolved: (config) => {
      outDir = path.resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
      for (const file of files.filter((name) => /\.(js|css|svg)$/.test(name))) {
        const content = readFileSync(path.join(outDir, file))
        // 9 of 11: the last two steps cost ten times the time for two percent.
        const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
        writeFileSync(path.join(outDir, `${file}.br`), brotli)
        writeFileSync(path.join(outDir, `${file}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadFonts(), precompress()],
  server: {
    port: 5173,
    proxy: {
      '/api': { target: api, changeOrigin: true, ws: true },
      '/dev': { target: api, changeOrigin: true },
      '/docs': { target: api, changeOrigin: true },
    },
  },
  build: {
    outDir: 'dist',
    // Maps ship beside the code so that a stack trace from the field can be read.
    sourcemap: true,
    // A lazy page that grows past this deserves a look, the first load has its own budget in bench.
    chunkSizeWarningLimit: 300,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Changes only when a dependency does, so that a release leaves it in every cache.
            {
              name: 'vendor',
              test: /node_modules[\\/](?:\.pnpm[\\/])?(?:react|react-dom|react-router|scheduler|@tanstack|zustand|clsx|class-variance-authority|cookie)[@+\\/]/,
              minShareCount: 2,
              priority: 2,
            },
            // What the first page shares with others, in one file: it is fetched sooner than twenty small ones. Only what
            // the first page itself needs is named, so that no other page's pieces ride along.
            {
              name: 'shared',
              test: /src[\\/](?:components[\\/]ui[\\/](?:button|chip|empty-state|error-state|icon-button|link-button|logo|poster|price|skeleton|time|toast)|lib[\\/](?:api-base|api-error|city|format|now|online|page-title|paths|public-api|query-client|session|storage|theme)|features[\\/](?:cities[\\/]queries|catalog[\\/](?:queries|availability|movie-filters|components[\\/](?:movie-|showtime-chip|seats-left-mark))))/,
              minShareCount: 2,
              priority: 1,
            },
          ],
        },
      },
    },
  },
})
