import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// `npm run lint` holds the sources to the import rules. This test holds the rules to their word: a house in which
// every rule is broken once, and a few things that are allowed.
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const rules = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as IConfiguration

const script = (...imports: string[]) => imports.map((specifier) => `import '${specifier}'`).join('\n')
const component = (...imports: string[]) => `<script setup lang="ts">\n${script(...imports)}\n</script>\n<template><p /></template>\n`

/** file → its text and the rules it breaks. */
const HOUSE: Record<string, { text: string; breaks: readonly string[] }> = {
  'src-shared/schema.ts': { text: script('zod'), breaks: [] },
  'src-shared/mqtt/topic.ts': { text: script('@shared/schema', '@msgpack/msgpack'), breaks: [] },
  'src-cli/main.ts': { text: script('@shared/mqtt/topic', 'node:fs'), breaks: [] },
  'src-cli/with-main.ts': { text: script('../src-main/app/window'), breaks: ['cli-knows-shared-only'] },
  'src-cli/with-yaml.ts': { text: script('yaml'), breaks: ['packages-of-src-cli'] },
  'src-main/app/with-cli.ts': { text: script('../../src-cli/main'), breaks: ['cli-is-a-program'] },
  'src-shared/mqtt/with-zod.ts': { text: script('zod'), breaks: ['zod-through-schema'] },
  'src-shared/mqtt/with-node.ts': { text: script('node:fs'), breaks: ['shared-without-node'] },
  'src-shared/mqtt/with-vue.ts': { text: "import type { Ref } from 'vue'\nexport type X = Ref", breaks: ['packages-of-src-shared'] },
  'src-shared/mqtt/with-main.ts': { text: script('../../src-main/app/window'), breaks: ['shared-is-pure'] },
  'src-shared/mqtt/lost.ts': { text: script('@shared/no-such-file'), breaks: ['no-unresolvable'] },
  'src-shared/mqtt/circle-a.ts': { text: script('./circle-b'), breaks: ['no-circular'] },
  'src-shared/mqtt/circle-b.ts': { text: script('./circle-a'), breaks: ['no-dead-file'] }, // a circle is told once
  'src-shared/mqtt/dead.ts': { text: script('./topic'), breaks: ['no-dead-file'] },
  'src-renderer/features/topics/messages.ts': { text: 'export {}', breaks: [] },

  'src-preload/index.ts': { text: script('electron', '@shared/mqtt/topic'), breaks: [] },
  'src-preload/with-main.ts': { text: script('../src-main/app/window', 'vue'), breaks: ['preload-is-a-table', 'packages-of-src-preload'] },
  'src-preload/with-node.ts': { text: script('path'), breaks: ['preload-without-node'] },

  'src-main/main.ts': { text: script('./app/window', './engine/engine', './ipc/handlers', 'electron'), breaks: [] },
  'src-main/app/window.ts': { text: script('electron', 'node:path', '../ipc/handlers', '../engine/engine-api'), breaks: [] },
  'src-main/app/with-engine.ts': { text: script('../engine/engine'), breaks: ['main-rooms-apart'] },
  'src-main/profiles/with-app.ts': { text: script('../app/window'), breaks: ['main-rooms-apart'] },
  'src-main/profiles/with-main.ts': { text: "import type {} from '../main'", breaks: ['main-rooms-apart'] },
  'src-main/profiles/with-page.ts': { text: script('../../src-renderer/ui/button'), breaks: ['main-not-above'] },
  'src-main/profiles/with-tool.ts': { text: script('vitest'), breaks: ['packages-of-src-main'] },
  'src-main/profiles/with-test.ts': { text: script('../../tests/support/x'), breaks: ['not-to-tests-or-scripts'] },
  'src-main/ipc/handlers.ts': { text: script('electron'), breaks: [] },
  'src-main/engine/engine.ts': { text: script('./engine-api', 'mqtt', 'node:net'), breaks: [] },
  'src-main/engine/engine-api.ts': { text: script('@shared/mqtt/topic'), breaks: [] },
  'src-main/engine/with-electron.ts': { text: script('electron'), breaks: ['engine-packages', 'engine-without-electron'] },
  'src-main/engine/far-electron.ts': { text: script('../ipc/handlers'), breaks: ['engine-without-electron'] },
  'src-main/engine/with-store.ts': { text: script('aedes'), breaks: ['engine-packages'] },

  'src-renderer/main.ts': { text: script('./app/App.vue', './i18n/i18n'), breaks: [] },
  'src-renderer/app/App.vue': { text: component('../features/topics/TopicTree.vue', '../features/publish/worker-user', '../ui/button', 'vue'), breaks: [] },
  'src-renderer/features/topics/TopicTree.vue': {
    text: component('../../bridge/client', '../../mqtt/payload', '../../ui/button', '../../i18n/i18n', '@shared/mqtt/topic'),
    breaks: [],
  },
  'src-renderer/features/topics/WithPublish.vue': { text: component('../publish/store'), breaks: ['features-apart'] },
  'src-renderer/features/topics/with-app.ts': { text: script('../../app/App.vue'), breaks: ['renderer-features'] },
  'src-renderer/features/publish/store.ts': { text: script('pinia'), breaks: [] },
  'src-renderer/features/publish/with-preload.ts': { text: script('../../../src-preload/index'), breaks: ['renderer-not-below'] },
  'src-renderer/features/publish/with-node.ts': { text: script('node:buffer'), breaks: ['renderer-without-node'] },
  'src-renderer/features/publish/with-electron.ts': { text: script('electron'), breaks: ['packages-of-src-renderer'] },
  'src-renderer/features/publish/worker-user.ts': { text: script('../../ui/worker?worker', './store'), breaks: [] },
  'src-renderer/bridge/client.ts': { text: script('@shared/mqtt/topic'), breaks: [] },
  'src-renderer/bridge/with-feature.ts': { text: script('../features/publish/store'), breaks: ['renderer-bridge'] },
  'src-renderer/mqtt/payload.ts': { text: script('@shared/mqtt/topic', '../ui/button', '../i18n/i18n'), breaks: [] },
  'src-renderer/mqtt/with-bridge.ts': { text: script('../bridge/client'), breaks: ['renderer-mqtt'] },
  'src-renderer/ui/button.ts': { text: script('vue'), breaks: [] },
  'src-renderer/ui/worker.ts': { text: 'export {}', breaks: [] },
  'src-renderer/ui/with-bridge.ts': { text: script('../bridge/client'), breaks: ['renderer-ui'] },
  'src-renderer/ui/WithText.vue': { text: component('../i18n/i18n'), breaks: ['renderer-ui'] },
  'src-renderer/ui/WithTopic.vue': { text: component('@shared/mqtt/topic'), breaks: ['ui-knows-no-mqtt'] },
  'src-renderer/i18n/i18n.ts': { text: script('vue-i18n'), breaks: [] },
  'src-renderer/i18n/with-feature.ts': { text: script('../features/publish/store'), breaks: ['renderer-i18n'] },
  'tests/support/x.ts': { text: 'export {}', breaks: [] },
}

/** A room with edges of its own has a rule of its own, which is the same rule. */
const nameOf = (rule: { name?: string }) => (rule.name ?? '').replace(/^(main-rooms-apart)-.+/, '$1')

describe('the import rules', () => {
  let house = ''
  const broken = new Map<string, Set<string>>()

  beforeAll(async () => {
    house = mkdtempSync(join(tmpdir(), 'pubscope-house-'))
    for (const [file, { text }] of Object.entries(HOUSE)) {
      mkdirSync(dirname(join(house, file)), { recursive: true })
      writeFileSync(join(house, file), text)
    }
    cpSync(join(ROOT, 'package.json'), join(house, 'package.json'))
    symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'))
    const tsConfig = join(house, 'tsconfig.json')
    // Without a base URL dependency-cruiser takes the folder it was started in for the root of the paths.
    writeFileSync(tsConfig, JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '@shared/*': ['./src-shared/*'] } } }))
    const { output } = await cruise(
      ['src-cli', 'src-main', 'src-preload', 'src-renderer', 'src-shared'],
      { ...rules.options, baseDir: house, tsConfig: { fileName: tsConfig }, validate: true, ruleSet: { forbidden: rules.forbidden ?? [] } },
      { symlinks: false },
      { tsConfig: extractTSConfig(tsConfig) },
    )
    for (const { from, rule } of (output as ICruiseResult).summary.violations) {
      // Those who break another rule are dead as well: no program would have them.
      const { breaks = [] } = HOUSE[from] ?? {}
      if (rule.name === 'no-dead-file' && breaks.length > 0 && !breaks.includes(rule.name)) continue
      broken.set(from, (broken.get(from) ?? new Set()).add(nameOf(rule)))
    }
  }, 30_000)

  afterAll(() => { rmSync(house, { recursive: true, force: true }) })

  it.each(Object.entries(HOUSE))('see %s as it is', (file, { breaks }) => {
    expect([...(broken.get(file) ?? [])].sort()).toEqual([...breaks].sort())
  })

  it('are all tried here', () => {
    const tried = new Set(Object.values(HOUSE).flatMap(({ breaks }) => breaks))
    const untried = (rules.forbidden ?? []).map(nameOf).filter((name) => !tried.has(name))
    // Which package is installed but not declared changes with every install; `app` may import every layer.
    expect(untried).toEqual(['no-undeclared-package', 'renderer-app'])
  })
})
