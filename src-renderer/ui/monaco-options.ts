import type { editor } from 'monaco-editor/editor/editor.api'

/** What all editors share: calm, no help that guesses, and nothing that opens or fetches what a payload says. */
export function baseOptions(readOnly: boolean, language: string): editor.IStandaloneEditorConstructionOptions {
  return {
    readOnly,
    domReadOnly: readOnly,
    automaticLayout: true,
    fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
    fontSize: 12,
    lineHeight: 20,
    fontLigatures: false,
    padding: { top: 12, bottom: 12 },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 16,
    glyphMargin: false,
    folding: true,
    showFoldingControls: 'mouseover',
    minimap: { enabled: false },
    stickyScroll: { enabled: false },
    overviewRulerLanes: 0,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    // Dimmed, as it is by itself, the number of an empty last line is too faint to be read.
    renderFinalNewline: 'on',
    scrollBeyondLastLine: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false, alwaysConsumeMouseWheel: false },
    renderLineHighlight: readOnly ? 'none' : 'line',
    renderLineHighlightOnlyWhenFocus: true,
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    matchBrackets: readOnly ? 'never' : 'near',
    bracketPairColorization: { enabled: false },
    guides: { indentation: true, bracketPairs: false },
    quickSuggestions: false,
    suggestOnTriggerCharacters: false,
    wordBasedSuggestions: 'off',
    parameterHints: { enabled: false },
    colorDecorators: false,
    contextmenu: false,
    // What is typed is what is published: nothing is closed, and nothing but JSON indented, by itself.
    autoClosingBrackets: 'never',
    autoClosingQuotes: 'never',
    autoSurround: 'never',
    autoIndent: language === 'json' ? 'keep' : 'none',
    tabSize: 2,
    detectIndentation: false,
    // A payload is somebody else's text: it opens nothing, and what hides in it shows.
    links: false,
    renderControlCharacters: true,
    unusualLineTerminators: 'off',
    unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false, invisibleCharacters: true },
    // Tab moves on: an editor is no keyboard trap. Ctrl+] and Ctrl+[ indent.
    tabFocusMode: true,
    fixedOverflowWidgets: true,
    // The theme follows forced colours by itself.
    autoDetectHighContrast: false,
    ...(matchMedia('(prefers-reduced-motion: reduce)').matches
      ? { cursorBlinking: 'solid', smoothScrolling: false }
      : { cursorBlinking: 'smooth' }),
  }
}
