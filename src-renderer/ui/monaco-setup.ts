// The editor core, the few features a payload needs, and a JSON of our own: not the hundred languages of the full package.
// Its JSON language would start a worker that parses every value again and report faults in words we cannot translate;
// it also brings features in after the first editor has started, which cannot find their services then.
import * as monaco from 'monaco-editor/editor/editor.api'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codeAction/register'
import 'monaco-editor/features/cursorUndo/register'
import 'monaco-editor/features/diffEditor/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/longLinesHelper/register'
import 'monaco-editor/features/multicursor/register'
import 'monaco-editor/features/placeholderText/register'
import 'monaco-editor/features/smartSelect/register'
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/unicodeHighlighter/register'
import 'monaco-editor/features/unusualLineTerminators/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/languages/definitions/xml/register'
import 'monaco-editor/languages/definitions/yaml/register'
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import { registerJson } from './monaco-json'
import { followTheme } from './monaco-theme'

// Without this the editor starts its worker from a blob: address, which the content security policy forbids.
self.MonacoEnvironment = {
  getWorker: () => new EditorWorker(),
}

registerJson(monaco)
followTheme(monaco)

export { monaco }
