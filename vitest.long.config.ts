import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['main/**/*.long.ts'], globalSetup: 'scripts/vitest-setup.mjs' } })
