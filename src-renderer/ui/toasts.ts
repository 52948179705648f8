import { readonly, shallowRef, type DeepReadonly, type ShallowRef } from 'vue'
import type { Tone } from './tone'

/** A short message that comes up in a corner and goes by itself. */
export interface Toast {
  readonly id: number
  readonly tone: Tone
  readonly title: string
  readonly text?: string | undefined
  /** What may be done about it, such as taking it back; the toast goes with it. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

/** More would cover the page; the oldest goes first. */
const MOST_TOASTS = 4

const toasts = shallowRef<readonly Toast[]>([])
let lastId = 0

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

function show(toast: Omit<Toast, 'id'>): number {
  // The same news again replaces what stands there, rather than piling up.
  const others = toasts.value.filter((other) => other.title !== toast.title || other.text !== toast.text)
  lastId += 1
  toasts.value = [...others, { ...toast, id: lastId }].slice(-MOST_TOASTS)
  return lastId
}

export interface Toasts {
  readonly toasts: DeepReadonly<ShallowRef<readonly Toast[]>>
  /** Shows a toast and returns its number. */
  readonly show: (toast: Omit<Toast, 'id'>) => number
  readonly dismiss: (id: number) => void
}

/** The toasts of the page; one `ToastHost` shows them. */
export function useToasts(): Toasts {
  return { toasts: readonly(toasts), show, dismiss }
}
