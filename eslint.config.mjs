import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const SOURCES = ['src-cli/**', 'src-main/**', 'src-preload/**', 'src-renderer/**', 'src-shared/**']

/** Attributes people read or hear: their text goes through the message catalogue. */
const SPOKEN_ATTRIBUTES = {
  '/.+/': ['title', 'aria-label', 'aria-description', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext'],
  input: ['placeholder'],
  textarea: ['placeholder'],
  img: ['alt'],
  '/^[A-Z]/': ['placeholder', 'label', 'description', 'alt'],
}

/** Signs that mean the same in every language. */
const SIGNS = [
  ...['(', ')', '[', ']', '{', '}', '<', '>', ',', '.', ':', ';', '&', '=', '*', '/', '#', '%', '?', '!', '|'],
  ...['+', '-', '–', '—', '−', '×', '±', '·', '•', '…', '→', '←', '↑', '↓', '⏎', '⌘', '≥', '≤', '$'],
]

const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: one thing has one name.',
}

const DROPPED_REQUEST = {
  selector: "ExpressionStatement > CallExpression[callee.name='request']",
  message: 'A request can fail: await it, or say what happens then.',
}

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'coverage/**', 'docs/**', 'resources/**', 'test-results/**', 'playwright-report/**'] },
  { ignores: ['src-shared/globals.d.ts'] }, // stands for Node and the DOM, where there is neither
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // What is wrong in any file.
  {
    files: ['**/*.{ts,mts,cts,js,mjs,cjs,vue}'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'array-callback-return': 'error',
      'no-cond-assign': 'error',
      'no-constant-binary-expression': 'error',
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      'no-debugger': 'error',
      'no-dupe-else-if': 'error',
      'no-duplicate-case': 'error',
      'no-empty': 'error',
      'no-empty-pattern': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-implicit-coercion': ['error', { boolean: true, number: true, string: true, allow: ['!!'] }],
      'no-loss-of-precision': 'error',
      'no-new-func': 'error',
      'no-self-assign': 'error',
      'no-self-compare': 'error',
      'no-sparse-arrays': 'error',
      'no-template-curly-in-string': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unreachable': 'error',
      'no-unreachable-loop': 'error',
      'no-unsafe-finally': 'error',
      'no-unsafe-optional-chaining': 'error',
      'no-unused-private-class-members': 'error',
      'no-useless-catch': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      radix: 'error',
      'use-isnan': 'error',
      'valid-typeof': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },

  // TypeScript.
  {
    files: ['**/*.ts', '**/*.mts', '**/*.vue'],
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'allow-as-parameter' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-extraneous-class': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-namespace': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-require-imports': 'error',
      '@typescript-eslint/no-unsafe-function-type': 'error',
      'no-restricted-syntax': ['error', DEFAULT_EXPORT],
    },
  },

  // TypeScript, with its types: one program for all, which takes half the time of one for each process. Single-file
  // components would cost a new program each, 25 s in all; their types are vue-tsc's, and logic belongs into .ts files.
  {
    files: ['**/*.ts', '**/*.mts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: 'tests/support/tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-array-delete': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-duplicate-type-constituents': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-misused-spread': 'error',
      '@typescript-eslint/no-mixed-enums': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-enum-comparison': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/restrict-plus-operands': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
    },
  },

  // `any` that nobody wrote (JSON.parse, untyped packages). What the page takes from a .vue file has no type here.
  {
    files: ['src-cli/**/*.ts', 'src-main/**/*.ts', 'src-preload/**/*.ts', 'src-shared/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
    },
  },

  // Vue.
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: config.files ?? ['**/*.vue'] })),
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'no-restricted-syntax': ['error', DEFAULT_EXPORT, DROPPED_REQUEST],

      // How it looks is a formatter's business.
      'vue/attributes-order': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-closing-bracket-spacing': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/mustache-interpolation-spacing': 'off',
      // TypeScript says which prop is optional; absent is undefined.
      'vue/require-default-prop': 'off',
      // A switch over all members of a union returns always; TypeScript sees that, this rule does not.
      'vue/return-in-computed-property': 'off',

      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/enforce-style-attribute': ['error', { allow: ['scoped'] }],
      'vue/eqeqeq': 'error',
      'vue/html-button-has-type': 'error',
      'vue/no-bare-strings-in-template': ['error', { allowlist: SIGNS, attributes: SPOKEN_ATTRIBUTES }],
      'vue/no-ref-object-reactivity-loss': 'error',
      'vue/no-root-v-if': 'off',
      'vue/no-static-inline-styles': 'error',
      'vue/no-template-target-blank': 'error',
      'vue/no-undef-components': ['error', { ignorePatterns: ['i18n-t'] }],
      'vue/no-unused-emit-declarations': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-use-v-else-with-v-for': 'error',
      'vue/no-useless-v-bind': 'error',
      'vue/no-v-html': 'error',
      'vue/no-v-text': 'error',
      'vue/prefer-use-template-ref': 'error',
      'vue/valid-define-options': 'error',
    },
  },

  // The product's own code: no exceptions written into it, nothing printed.
  {
    files: SOURCES,
    linterOptions: { noInlineConfig: true },
    rules: { 'no-console': 'error' },
  },

  {
    // safeStorage's synchronous calls: deprecated in the newest Electron, the only ones in the oldest.
    files: ['src-main/secrets/**'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },

  {
    // Tests stand in for old runtimes and reach into Electron's; and their strings are ASCII.
    files: ['tests/**'],
    rules: { '@typescript-eslint/no-deprecated': 'off', '@typescript-eslint/no-misused-spread': 'off' },
  },

  // What others read by its default export.
  {
    files: ['**/*.config.{ts,mts,mjs}', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // electron-store takes the module whole; so does its stand-in, and so do Monaco's workers.
    files: ['tests/support/electron-stub.ts', 'tests/support/monaco-stub.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)
