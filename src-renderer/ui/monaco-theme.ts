import type { editor } from 'monaco-editor/editor/editor.api'
import type { Monaco } from './monaco'

type TokenReader = (token: string) => string

const twoHexDigits = (value: number) => Math.round(value).toString(16).padStart(2, '0')

/** A computed CSS colour (`rgb(…)`, `rgba(…)`, `color(srgb …)`) as `#rrggbbaa`, the only form the editor takes. */
export function hexOfCssColor(color: string): string {
  const numbers = (color.match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number)
  const scale = color.startsWith('color(') ? 255 : 1
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers
  return `#${[red * scale, green * scale, blue * scale, alpha * 255].map(twoHexDigits).join('')}`
}

function readTokens<T>(use: (read: TokenReader) => T): T {
  const probe = document.createElement('span')
  probe.hidden = true
  // Each token as itself: under forced colours all text would read the same.
  probe.style.setProperty('forced-color-adjust', 'none')
  document.body.append(probe)
  const style = getComputedStyle(probe)
  try {
    return use((token) => {
      probe.style.color = `var(--${token})`
      return hexOfCssColor(style.color)
    })
  } finally {
    probe.remove()
  }
}

function syntaxRules(read: TokenReader): editor.ITokenThemeRule[] {
  const rule = (token: string, name: string) => ({ token, foreground: read(name).slice(1, 7) })
  return [
    rule('', 'text'),
    rule('string.key.json', 'syntax-key'),
    rule('string.value.json', 'syntax-string'),
    rule('number.json', 'syntax-number'),
    rule('keyword.json', 'syntax-literal'),
    rule('delimiter', 'syntax-punct'),
    rule('tag', 'syntax-key'),
    rule('attribute.name', 'syntax-literal'),
    rule('attribute.value', 'syntax-string'),
    rule('metatag', 'syntax-punct'),
    rule('comment', 'syntax-punct'),
    rule('type.yaml', 'syntax-key'),
    rule('string.yaml', 'syntax-string'),
    rule('number.yaml', 'syntax-number'),
    rule('keyword.yaml', 'syntax-literal'),
    rule('keyword.acl', 'syntax-literal'),
    rule('access.acl', 'syntax-key'),
    rule('filter.acl', 'syntax-string'),
    rule('name.acl', 'syntax-number'),
  ]
}

function editorColors(read: TokenReader): Record<string, string> {
  const clear = '#00000000'
  return {
    'editor.background': read('surface-sunken'),
    'editorGutter.background': read('surface-sunken'),
    'editor.foreground': read('text'),
    'editorLineNumber.foreground': read('text-faint'),
    'editorLineNumber.activeForeground': read('text-faint'),
    'editorCursor.foreground': read('accent'),
    'editor.selectionBackground': read('accent').slice(0, 7) + '4d',
    'editor.inactiveSelectionBackground': read('accent').slice(0, 7) + '2b',
    'editor.lineHighlightBackground': read('hover'),
    'editor.lineHighlightBorder': clear,
    'editor.foldBackground': read('accent-soft'),
    'editorIndentGuide.background1': read('line'),
    'editorIndentGuide.activeBackground1': read('line-strong'),
    'editorWhitespace.foreground': read('line-strong'),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, read('syntax-punct')])),
    'editorBracketHighlight.unexpectedBracket.foreground': read('syntax-punct'),
    'editorBracketMatch.background': read('accent-soft'),
    'editorBracketMatch.border': clear,
    'editor.findMatchBackground': read('warn').slice(0, 7) + '66',
    'editor.findMatchHighlightBackground': read('warn').slice(0, 7) + '2e',
    'diffEditor.insertedTextBackground': read('ok').slice(0, 7) + '38',
    'diffEditor.removedTextBackground': read('danger').slice(0, 7) + '38',
    'diffEditor.insertedLineBackground': read('ok').slice(0, 7) + '17',
    'diffEditor.removedLineBackground': read('danger').slice(0, 7) + '17',
    'diffEditorGutter.insertedLineBackground': read('ok').slice(0, 7) + '24',
    'diffEditorGutter.removedLineBackground': read('danger').slice(0, 7) + '24',
    'diffEditor.diagonalFill': read('line'),
    'diffEditor.border': read('line'),
    'diffEditor.unchangedRegionBackground': read('surface'),
    'diffEditor.unchangedRegionForeground': read('text-muted'),
    'diffEditor.unchangedRegionShadow': clear,
    'editorError.foreground': read('danger'),
    'editorWarning.foreground': read('warn'),
    'editorUnicodeHighlight.border': read('warn'),
    'editorUnicodeHighlight.background': read('warn-soft'),
    'editorWidget.background': read('surface-raised'),
    'editorWidget.border': read('line-strong'),
    'editorSuggestWidget.selectedBackground': read('accent-soft'),
    'editorSuggestWidget.selectedForeground': read('text'),
    'editorSuggestWidget.highlightForeground': read('accent'),
    'editorSuggestWidget.focusHighlightForeground': read('accent'),
    'editorActionList.background': read('surface-raised'),
    'editorActionList.foreground': read('text'),
    'editorActionList.focusBackground': read('accent-soft'),
    'editorActionList.focusForeground': read('text'),
    'editorLightBulb.foreground': read('warn'),
    'editorHoverWidget.background': read('surface-raised'),
    'editorHoverWidget.border': read('line-strong'),
    'widget.shadow': clear,
    'input.background': read('surface-sunken'),
    'input.border': read('line-strong'),
    'input.foreground': read('text'),
    'input.placeholderForeground': read('text-faint'),
    'inputOption.activeBackground': read('accent-soft'),
    'inputOption.activeBorder': clear,
    'inputOption.activeForeground': read('accent'),
    'editor.placeholder.foreground': read('text-faint'),
    focusBorder: read('focus'),
    foreground: read('text'),
    'icon.foreground': read('text-muted'),
    'scrollbar.shadow': clear,
    'scrollbarSlider.background': read('line-strong').slice(0, 7) + '99',
    'scrollbarSlider.hoverBackground': read('line-strong'),
    'scrollbarSlider.activeBackground': read('text-faint'),
  }
}

/** By the background itself: under forced colours the page may be dark whatever theme was chosen. */
function baseTheme(read: TokenReader, forced: boolean): editor.BuiltinTheme {
  const [red = 0, green = 0, blue = 0] = (read('surface-sunken').match(/[0-9a-f]{2}/g) ?? []).map((hex) => parseInt(hex, 16))
  const isLight = red + green + blue > 382
  if (forced) return isLight ? 'hc-light' : 'hc-black'
  return isLight ? 'vs' : 'vs-dark'
}

const listeners = new Set<() => void>()

/** Calls when all editors have been dressed anew; returns what ends that. */
export function onRedressed(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Dresses all editors in the page's tokens now, and again whenever the page's theme or contrast changes. */
export function followTheme(monaco: Monaco): void {
  const forced = matchMedia('(forced-colors: active)')
  const apply = () => {
    // Defining the theme in use again repaints with the new colours.
    monaco.editor.defineTheme(
      'pubscope',
      readTokens((read) => ({
        base: baseTheme(read, forced.matches),
        inherit: true,
        rules: syntaxRules(read),
        colors: editorColors(read),
      })),
    )
    monaco.editor.setTheme('pubscope')
    for (const listener of listeners) listener()
  }
  apply()
  new MutationObserver(apply).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  // The colours a system forces may change with its scheme.
  const queries = [forced, matchMedia('(prefers-contrast: more)'), matchMedia('(prefers-color-scheme: dark)')]
  for (const query of queries) query.addEventListener('change', apply)
}
