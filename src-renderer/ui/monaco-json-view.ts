import type { Monaco } from './monaco-loader'

/** JSON that is only looked at: colours and folding without the JSON worker, which would parse every live value again. */
export const JSON_VIEW_LANGUAGE = 'json-view'

/** Makes {@link JSON_VIEW_LANGUAGE} known; its tokens carry the names of the JSON language's. */
export function registerJsonView(monaco: Monaco): void {
  monaco.languages.register({ id: JSON_VIEW_LANGUAGE })
  monaco.languages.setLanguageConfiguration(JSON_VIEW_LANGUAGE, {
    brackets: [
      ['{', '}'],
      ['[', ']'],
    ],
  })
  monaco.languages.setMonarchTokensProvider(JSON_VIEW_LANGUAGE, {
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
