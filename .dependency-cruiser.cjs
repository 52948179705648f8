// Who may import whom. The tables at the top are the law; the rules below only spell it out.

/** Packages a floor may import. What is not listed here is a tool, or has not been thought about. */
const PACKAGES = {
  'src-shared': ['zod', 'jsonc-parser', '@msgpack/msgpack', 're2js', '@handlebars/parser', 'yaml'],
  'src-cli': [],
  'src-preload': ['electron'],
  'src-main': [
    'electron',
    'electron-store',
    'mqtt',
    'mqtt-packet',
    'aedes',
    'ws',
    'socks',
    '@peculiar/x509',
    'pkijs',
    'asn1js',
    'reflect-metadata',
    'cbor2',
    '@msgpack/msgpack',
    'protobufjs',
    'avsc',
    'fast-xml-parser',
    'yaml',
    'fzstd',
    'image-size',
    'papaparse',
    'jsonata',
    'jsonc-parser',
    'ajv',
    'ajv-formats',
    'jsonc-parser',
    'filenamify',
  ],
  'src-renderer': [
    'vue',
    'vue-i18n',
    'pinia',
    'reka-ui',
    '@lucide/vue',
    'monaco-editor',
    'echarts',
    'jsonc-parser',
    '@fontsource-variable/inter',
    '@fontsource-variable/jetbrains-mono',
  ],
}

/** The engine is plain Node behind a message port: it starts without Electron and knows no store. */
const ENGINE_PACKAGES = ['mqtt', 'mqtt-packet', 'ws', 'socks']

/** Rooms of src-main do not look into each other; `main.ts` brings them together. These doors stand open to all of them. */
const MAIN_DOORS = [
  '^src-main/engine/engine-api[.]ts$', // what main and an engine say to each other
  '^src-main/ipc/', // how a handler is written
  '^src-main/files/', // how a file the user chose is written
  '^src-main/threads/', // how one calls into another thread
]

/** Edges between two rooms of src-main beyond the doors: room → what it may import. */
const MAIN_EDGES = {
  app: ['^src-main/settings/settings-store[.]ts$'], // the shape of: where the window was
  connections: ['^src-main/settings/settings-store[.]ts$'], // the shape of: which tabs were open
}

/** What a layer of the page may import of the page besides itself; `main.ts` at the top composes. */
const RENDERER_LAYERS = {
  app: ['features', 'mqtt', 'ui', 'bridge', 'i18n'],
  features: ['mqtt', 'ui', 'bridge', 'i18n'],
  mqtt: ['ui', 'i18n'], // what several features show of MQTT
  bridge: ['i18n'],
  ui: [],
  i18n: ['ui'], // how an error is shown
}

/** What `ui` may know of src-shared: nothing, so that it stays free of MQTT. */
const UI_SHARED = []

const packagePaths = (names) => names.map((name) => `(^|node_modules/)(@types/)?${name}(/|$)`)
const OUTSIDE = ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-bundled', 'npm-no-pkg', 'npm-unknown']

/** Where the programs begin, and what is found without an import: catalogues (a glob) and ambient types. */
const ENTRIES = '^(src-cli/main|src-main/main|src-preload/index|src-renderer/(app/)?main)[.]ts$'
const FOUND_OTHERWISE = ['^src-renderer/.*messages[.]ts$', '[.]d[.]ts$']

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const packageRules = Object.entries(PACKAGES).map(([floor, names]) =>
  forbid(
    `packages-of-${floor}`,
    `${floor} imports a package that is not in its list (see PACKAGES).`,
    { path: `^${floor}/` },
    { dependencyTypes: OUTSIDE, pathNot: packagePaths(names) },
  ),
)

const mainRoomRules = [
  forbid(
    'main-rooms-apart',
    'A room of src-main imports the inside of another one. Let main.ts hand it over, or name the edge in MAIN_EDGES.',
    { path: '^src-main/([^/]+)/', pathNot: Object.keys(MAIN_EDGES).map((room) => `^src-main/${room}/`) },
    { path: '^src-main/', pathNot: ['^src-main/$1/', ...MAIN_DOORS] },
  ),
  ...Object.entries(MAIN_EDGES).map(([room, edges]) =>
    forbid(
      `main-rooms-apart-${room}`,
      `${room} imports the inside of another room that MAIN_EDGES does not name.`,
      { path: `^src-main/${room}/` },
      { path: '^src-main/', pathNot: [`^src-main/${room}/`, ...MAIN_DOORS, ...edges] },
    ),
  ),
]

const rendererRules = Object.entries(RENDERER_LAYERS).map(([layer, below]) =>
  forbid(
    `renderer-${layer}`,
    `src-renderer/${layer} may import only ${[layer, ...below].join(', ')}.`,
    { path: `^src-renderer/${layer}/` },
    { path: '^src-renderer/', pathNot: [layer, ...below].map((name) => `^src-renderer/${name}/`) },
  ),
)

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-circular', 'Two files that need each other are one file, or lack a third.', {}, { circular: true }),
    forbid('no-unresolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    forbid('no-undeclared-package', 'The package is not in package.json.', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    forbid(
      'no-dead-file',
      'No program gets here from where it begins.',
      { path: ENTRIES },
      { path: '^src-', pathNot: [ENTRIES, ...FOUND_OTHERWISE], reachable: false },
    ),
    forbid('not-to-tests-or-scripts', 'The product does not need its tests or scripts.', { path: '^src-' }, { path: '^(tests|scripts|out)/' }),
    ...packageRules,

    forbid(
      'shared-is-pure',
      'src-shared is what every process speaks: no Node, no Electron, no other floor.',
      { path: '^src-shared/' },
      { path: '^src-(cli|main|preload|renderer)/' },
    ),
    forbid('shared-without-node', 'src-shared has no Node.', { path: '^src-shared/' }, { dependencyTypes: ['core'] }),
    forbid(
      'zod-through-schema',
      'zod is configured once, in src-shared/schema.ts.',
      { path: '^src-', pathNot: '^src-shared/schema[.]ts$' },
      { path: packagePaths(['zod']) },
    ),

    forbid('cli-knows-shared-only', 'src-cli runs in plain Node, without the app.', { path: '^src-cli/' }, { path: '^src-(main|preload|renderer)/' }),
    forbid('cli-is-a-program', 'src-cli is a program of its own: nobody imports it.', { path: '^src-(main|preload|renderer)/' }, { path: '^src-cli/' }),

    forbid(
      'preload-is-a-table',
      'src-preload imports Electron and src-shared only.',
      { path: '^src-preload/' },
      { path: '^src-(main|renderer)/' },
    ),
    forbid('preload-without-node', 'A sandboxed preload has no Node.', { path: '^src-preload/' }, { dependencyTypes: ['core'] }),

    forbid('main-not-above', 'src-main knows neither page nor preload.', { path: '^src-main/' }, { path: '^src-(renderer|preload)/' }),
    ...mainRoomRules,
    forbid(
      'engine-packages',
      'The engine imports a package that is not in ENGINE_PACKAGES.',
      { path: '^src-main/engine/' },
      { dependencyTypes: OUTSIDE, pathNot: packagePaths(ENGINE_PACKAGES) },
    ),
    forbid(
      'engine-without-electron',
      'The engine runs in plain Node: nothing it imports, however far away, may need Electron.',
      { path: '^src-main/engine/' },
      { path: packagePaths(['electron', 'electron-store']), reachable: true },
    ),

    forbid('renderer-not-below', 'The page knows neither main nor preload.', { path: '^src-renderer/' }, { path: '^src-(main|preload)/' }),
    forbid('renderer-without-node', 'The page has no Node.', { path: '^src-renderer/' }, { dependencyTypes: ['core'] }),
    ...rendererRules,
    forbid(
      'features-apart',
      'A feature imports another one. What both need belongs into ui, bridge or src-shared; app puts features together.',
      { path: '^src-renderer/features/([^/]+)/' },
      { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    ),
    forbid(
      'ui-knows-no-mqtt',
      'src-renderer/ui are widgets that know nothing of what they show.',
      { path: '^src-renderer/ui/' },
      { path: '^src-shared/', ...(UI_SHARED.length > 0 && { pathNot: UI_SHARED }) },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: an import for a type ties two rooms together as well.
    tsPreCompilationDeps: true,
    parser: 'tsc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.](css|svg|png|woff2)$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default', 'require'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
    cache: false,
  },
}
