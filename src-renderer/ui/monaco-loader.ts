import type { Monaco } from './monaco'

let loading: Promise<Monaco> | null = null

/** The editor, fetched when the first one is shown: it is by far the largest part of the page. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= import('./monaco-setup').then(({ monaco }) => monaco)
  // A failed load is tried again with the next editor.
  loading.catch(() => (loading = null))
  return loading
}
