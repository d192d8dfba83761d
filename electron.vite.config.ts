import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Entries of the main build; each starts a process, by the path `out/main/<name>.js`. */
const entries = ['desktop', 'cli', 'engine', 'job']

export default defineConfig({
  main: {
    build: {
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(entries.map((name) => [name, `main/${name}.ts`])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: 'preload/index.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // One bundle, read from disk or loopback: splitting it would gain nothing.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: { index: 'renderer/index.html', graphics: 'renderer/graphics.html' } },
    },
  },
})
