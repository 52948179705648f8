import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { AppError } from '@shared/ipc/app-error'
import { isSamePath, type FieldPath } from '@shared/payload/field-path'
import { MAX_OUTLINE_ROWS, MAX_TOGGLED, type Expansion, type Outline, type OutlineRow } from '@shared/payload/outline'
import { request } from '../../bridge/client'
import { windowAround, type RowRange } from '../../ui/row-window'
import type { DocumentSource } from './document-source'
import { latestOnly } from '../../ui/latest-only'

/** The tree of a structured payload's values, of which only the rows near those in sight are fetched. */
export interface OutlineRows {
  readonly outline: Readonly<Ref<Outline | null>>
  readonly error: Readonly<Ref<unknown>>
  rowAt(row: number): OutlineRow | undefined
  toggle(path: FieldPath): void
  /** Opens so many levels, and nothing else. */
  openLevels(levels: number): void
}

const AT_FIRST: Expansion = { levels: 'auto', toggled: [] }

/**
 * While `documentKey` stays the same, another source is the same document changed, and what is open stays open. An
 * expression that took too long is not tried again with the next message.
 */
export function useOutline(
  source: Readonly<Ref<DocumentSource>>,
  documentKey: Readonly<Ref<string>>,
  visible: Readonly<Ref<RowRange>>,
): OutlineRows {
  const outline = shallowRef<Outline | null>(null)
  const error = shallowRef<unknown>(null)
  const expansion = shallowRef(AT_FIRST)
  let hanging: string | null = null

  const asked = computed(() => {
    const { first, count } = windowAround(visible.value, MAX_OUTLINE_ROWS)
    return { ...source.value, expansion: expansion.value, firstRow: first, rowCount: Math.max(1, count) }
  })
  const reader = latestOnly(
    (args: typeof asked.value) => request('payloads.read-outline', args),
    (args, outcome) => {
      if (outcome.ok) {
        outline.value = outcome.result
        error.value = null
        // What was opened at first stays so while the value changes.
        if (expansion.value.levels === 'auto') expansion.value = { ...expansion.value, levels: outcome.result.levels }
        return
      }
      error.value = outcome.error
      if (outcome.error instanceof AppError && outcome.error.code === 'payload-took-too-long') hanging = args.expression
    },
    0,
  )

  watch(
    [documentKey, () => source.value.expression],
    () => {
      reader.forget()
      hanging = null
      outline.value = null
      error.value = null
      expansion.value = AT_FIRST
    },
    { flush: 'sync' },
  )
  watch(
    asked,
    (now, before) => {
      if (now.expression !== null && now.expression === hanging) return
      if (before === undefined || JSON.stringify(now) !== JSON.stringify(before)) reader.ask(now)
    },
    { immediate: true },
  )
  onScopeDispose(() => reader.forget())

  return {
    outline,
    error,
    rowAt: (row) => outline.value?.rows[row - outline.value.firstRow],
    toggle(path) {
      const { levels, toggled } = expansion.value
      const others = toggled.filter((other) => !isSamePath(other, path))
      const isNew = others.length === toggled.length
      expansion.value = { levels, toggled: isNew ? [...others, path].slice(-MAX_TOGGLED) : others }
    },
    openLevels(levels) {
      expansion.value = { levels, toggled: [] }
    },
  }
}
