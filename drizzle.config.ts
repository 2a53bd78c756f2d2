import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './src/stores/workspace-schema.ts', out: './src/stores/migrations/workspace' })
