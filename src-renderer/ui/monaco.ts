/** The editor core as this app uses it; only its type, so that naming it loads nothing. */
export type Monaco = typeof import('monaco-editor/editor/editor.api')
