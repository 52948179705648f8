import type { editor } from 'monaco-editor/editor/editor.api'
import { completionsAt, wordAround } from './json-schema-completion'
import type { Monaco } from './monaco'

/** Makes JSON known to the editor: colours, brackets, indentation. What is wrong with a text, its owner says. */
export function registerJson(monaco: Monaco): void {
  registerCompletion(monaco)
  monaco.languages.register({ id: 'json' })
  monaco.languages.setLanguageConfiguration('json', {
    brackets: [
      ['{', '}'],
      ['[', ']'],
    ],
  })
  monaco.languages.setMonarchTokensProvider('json', {
    defaultToken: '',
    tokenPostfix: '.json',
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'string.key'],
        [/"(?:[^"\\]|\\.)*"/, 'string.value'],
        [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
        [/\b(?:true|false|null)\b/, 'keyword'],
        [/[{}[\]:,]/, 'delimiter'],
      ],
    },
  })
}

/** The JSON Schema of each model that has one. */
const schemas = new WeakMap<editor.ITextModel, unknown>()

/** Has a schema complete what is typed in a model; null: none. */
export function setJsonSchema(model: editor.ITextModel, schema: unknown): void {
  if (schema === null) schemas.delete(model)
  else schemas.set(model, schema)
}

function registerCompletion(monaco: Monaco): void {
  const kinds = {
    property: monaco.languages.CompletionItemKind.Property,
    value: monaco.languages.CompletionItemKind.Value,
  }
  monaco.languages.registerCompletionItemProvider('json', {
    triggerCharacters: ['"', ':', ' '],
    provideCompletionItems(model, position) {
      const schema = schemas.get(model)
      if (schema === undefined) return { suggestions: [] }
      const text = model.getValue()
      const offset = model.getOffsetAt(position)
      const { start, end } = wordAround(text, offset)
      const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
      return {
        suggestions: completionsAt(schema, text, offset).map(({ label, kind, insertText, detail }) => ({
          label,
          kind: kinds[kind],
          insertText,
          // What is replaced begins with a quote, and so has to what it is held against.
          filterText: insertText,
          detail,
          range,
        })),
      }
    },
  })
}
