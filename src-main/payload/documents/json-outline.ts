import { MAX_FIELD_KEY_LENGTH, MAX_FIELD_PATH_STEPS, type FieldPath } from '@shared/payload/field-path'
import type { Expansion, Outline, OutlineRow } from '@shared/payload/outline'
import { isContainer, type JsonIndex } from './json-index'

/** Levels are opened by themselves as long as no more rows than these show. */
const ROWS_AT_FIRST = 120
/** Most characters of a value that a row shows. */
const ROW_LENGTH = 240

/** The paths that are the other way than their level, step by step. */
interface Toggles {
  isToggled: boolean
  readonly steps: Map<string | number, Toggles>
}

/** The tree of a JSON text's values, as rows. */
export class JsonOutline {
  #visible: Int32Array = new Int32Array(0)
  #levels = 0
  #expansion = ''
  #toggles: Toggles = none()

  constructor(private readonly index: JsonIndex) {}

  /** Rows `firstRow …`, at most `rowCount` of them, where so much is open. */
  window(expansion: Expansion, firstRow: number, rowCount: number): Outline {
    this.#open(expansion)
    const totalRows = this.#visible.length
    const first = Math.max(0, Math.min(firstRow, totalRows - rowCount))
    const rows = Array.from(this.#visible.subarray(first, first + rowCount), (value) => this.#row(value))
    return { firstRow: first, rows, totalRows, levels: this.#levels, values: this.index.count, isCut: this.index.isCut }
  }

  /** The text of the value at a path, as it was written; null where there is none. Of members with the same name, the last. */
  textAt(path: FieldPath): string | null {
    let value = this.index.count > 0 ? 0 : -1
    for (const step of path) {
      if (value < 0) return null
      let found = -1
      for (let child = value + 1; child < this.index.nextOf(value); child = this.index.nextOf(child)) {
        if (this.index.keyOf(child) === step) found = child
      }
      value = found
    }
    return value < 0 ? null : this.index.text.slice(this.index.startOf(value), this.index.endOf(value))
  }

  #open(expansion: Expansion): void {
    const key = JSON.stringify(expansion)
    if (key === this.#expansion) return
    this.#expansion = key
    this.#toggles = togglesOf(expansion.toggled)
    this.#levels = expansion.levels === 'auto' ? this.#levelsAtFirst() : expansion.levels
    this.#visible = this.#visibleValues()
  }

  /** As many levels as fit on a screen or two; one at the least. */
  #levelsAtFirst(): number {
    const perLevel: number[] = []
    for (let value = 0; value < this.index.count; value += 1) {
      const level = this.index.levelOf(value)
      perLevel[level] = (perLevel[level] ?? 0) + 1
    }
    let rows = 0
    for (let level = 1; level < perLevel.length; level += 1) {
      rows += perLevel[level] ?? 0
      if (rows > ROWS_AT_FIRST) return Math.max(1, level - 2)
    }
    return perLevel.length
  }

  #visibleValues(): Int32Array {
    const { index } = this
    const visible = new Int32Array(index.count)
    let rows = 0
    /** What differs in each value that is gone into, by its level. */
    const within: (Toggles | undefined)[] = []
    for (let value = 0; value < index.count; ) {
      visible[rows] = value
      rows += 1
      const level = index.levelOf(value)
      const above = within[level - 1]
      const own = level === 1 ? this.#toggles : above !== undefined && above.steps.size > 0 ? above.steps.get(index.keyOf(value) ?? '') : undefined
      within[level] = own
      const isOpen = level <= this.#levels !== (own?.isToggled ?? false)
      value = isOpen ? value + 1 : index.nextOf(value)
    }
    return visible.slice(0, rows)
  }

  #row(value: number): OutlineRow {
    const { index } = this
    const kind = index.kindOf(value)
    const [start, end] = [index.startOf(value), index.endOf(value)]
    const children = index.childrenOf(value)
    const parent = index.parentOf(value)
    const path = this.#pathOf(value)
    return {
      path,
      level: index.levelOf(value),
      key: cutKey(index.keyOf(value)),
      kind,
      text: index.text.slice(start, Math.min(end, start + ROW_LENGTH)),
      isCut: end - start > ROW_LENGTH,
      children,
      expanded: !isContainer(kind) || children === 0 ? null : this.#isOpen(value, path),
      position: index.positionOf(value) + 1,
      siblings: parent < 0 ? 1 : index.childrenOf(parent),
    }
  }

  #isOpen(value: number, path: FieldPath | null): boolean {
    let toggles: Toggles | undefined = path === null ? undefined : this.#toggles
    for (const step of path ?? []) toggles = toggles?.steps.get(step)
    return this.index.levelOf(value) <= this.#levels !== (toggles?.isToggled ?? false)
  }

  #pathOf(value: number): FieldPath | null {
    if (this.index.levelOf(value) - 1 > MAX_FIELD_PATH_STEPS) return null
    const path: (string | number)[] = []
    for (let at = value; this.index.parentOf(at) >= 0; at = this.index.parentOf(at)) {
      const key = this.index.keyOf(at) ?? 0
      if (typeof key === 'string' && key.length > MAX_FIELD_KEY_LENGTH) return null
      path.push(key)
    }
    return path.reverse()
  }
}

function cutKey(key: string | number | null): string | number | null {
  return typeof key === 'string' ? key.slice(0, ROW_LENGTH) : key
}

const none = (): Toggles => ({ isToggled: false, steps: new Map() })

function togglesOf(paths: readonly FieldPath[]): Toggles {
  const root = none()
  for (const path of paths) {
    let at = root
    for (const step of path) {
      const next = at.steps.get(step) ?? none()
      at.steps.set(step, next)
      at = next
    }
    at.isToggled = true
  }
  return root
}
