import type { editor, IMarkdownString, languages } from 'monaco-editor/editor/editor.api'
import type { Monaco } from '../../ui/monaco'
import { completionsIn, type AclCompletion, type CompletionSource } from './acl-completion'

export const ACL_LANGUAGE = 'acl'

/** A change that heals a finding. */
export interface OfferedFix {
  readonly title: string
  readonly edit: languages.TextEdit
}

/** What the language asks of whoever shows a text. */
export interface AclLore extends CompletionSource {
  /** What a line says in plain words, as Markdown without HTML; empty: nothing. */
  readonly explain: (line: number) => string
  readonly fixesAt: (firstLine: number, lastLine: number) => readonly OfferedFix[]
  /** What a suggestion is. */
  readonly detail: (kind: AclCompletion['kind']) => string
}

const lores = new WeakMap<editor.ITextModel, AclLore>()
let isRegistered = false

/** Has the language speak of a model. */
export function setAclLore(monaco: Monaco, model: editor.ITextModel, lore: AclLore): void {
  register(monaco)
  lores.set(model, lore)
}

function register(monaco: Monaco): void {
  if (isRegistered) return
  isRegistered = true
  const { languages: known } = monaco
  known.register({ id: ACL_LANGUAGE })
  known.setMonarchTokensProvider(ACL_LANGUAGE, {
    defaultToken: '',
    tokenPostfix: '.acl',
    tokenizer: {
      root: [
        [/^#.*$/, 'comment'],
        [/^( *)(user)( +)(.*)$/, ['', 'keyword', '', 'user']],
        [/^( *)(topic|pattern)( +)(readwrite|read|write|deny)( +)(?=\S)/, ['', 'keyword', '', 'access', '']],
        [/^( *)(topic|pattern)(?= |$)/, ['', 'keyword']],
        [/^(?! *(?:topic|pattern)(?: |$)).*$/, 'fault'],
        [/%[cu]/, 'name'],
        [/[^%]+/, 'filter'],
        [/%/, 'filter'],
      ],
    },
  })
  // A word is a level: what is underlined, selected by a double click, and completed.
  known.setLanguageConfiguration(ACL_LANGUAGE, { comments: { lineComment: '#' }, wordPattern: /[^\s/]+/ })
  known.registerHoverProvider([ACL_LANGUAGE, 'json'], {
    provideHover(model, { lineNumber }) {
      const text = lores.get(model)?.explain(lineNumber) ?? ''
      const contents: IMarkdownString[] = text === '' ? [] : [{ value: text }]
      return { contents }
    },
  })
  known.registerCodeActionProvider(ACL_LANGUAGE, {
    provideCodeActions(model, range) {
      const fixes = lores.get(model)?.fixesAt(range.startLineNumber, range.endLineNumber) ?? []
      const actions = fixes.map(({ title, edit }) => ({
        title,
        kind: 'quickfix',
        edit: { edits: [{ resource: model.uri, textEdit: edit, versionId: model.getVersionId() }] },
      }))
      return { actions, dispose: () => undefined }
    },
  })
  known.registerCompletionItemProvider(ACL_LANGUAGE, {
    triggerCharacters: [' ', '/', '%'],
    async provideCompletionItems(model, { lineNumber, column }) {
      const lore = lores.get(model)
      if (lore === undefined) return { suggestions: [] }
      const { start, items } = await completionsIn(model.getLineContent(lineNumber).slice(0, column - 1), lore)
      const range = { startLineNumber: lineNumber, endLineNumber: lineNumber, startColumn: start + 1, endColumn: column }
      const { Keyword, EnumMember, User, Value, Variable } = known.CompletionItemKind
      const kinds = { keyword: Keyword, access: EnumMember, user: User, topic: Value, name: Variable }
      return {
        // What is live changes with what is typed.
        incomplete: true,
        suggestions: items.map(({ text, kind, more }, index) => ({
          label: text,
          kind: kinds[kind],
          detail: lore.detail(kind),
          insertText: more ? `${text} ` : text,
          filterText: text,
          sortText: String(index).padStart(4, '0'),
          range,
          // Behind an access word stands a topic, of which there is nothing to offer before its first letter.
          ...(kind === 'keyword' ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
        })),
      }
    },
  })
}
