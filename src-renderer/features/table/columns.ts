import { pathText, type FieldPath } from '@shared/payload/field-path'
import { compileFilter, matchesFilter } from '@shared/mqtt/topic'
import { MESSAGE_COLUMNS, type MessageColumn, type TableSort } from '@shared/table/table-sort'
import { LEAST_COLUMN_PX, MOST_COLUMN_PX, type ColumnSetting, type PinnedField, type TableSettings } from '@shared/table/table-settings'

/** One column of a table. */
export interface Column {
  readonly id: string
  /** The property of a message it shows, or the field of its payload. */
  readonly by: TableSort['by']
  readonly isShown: boolean
  readonly widthPx: number
  /** Whether the user has chosen the width; else the column of values takes what is left. */
  readonly isWidthChosen: boolean
}

const WIDTHS_PX: Record<MessageColumn, number> = { time: 150, topic: 240, qos: 52, retain: 76, size: 76, value: 240 }
const FIELD_WIDTH_PX = 120

/** The name of a column in the settings: no field's name is one of a property. */
export function columnId(by: TableSort['by']): string {
  return typeof by === 'string' ? by : JSON.stringify(by)
}

export function isSameColumn(a: TableSort['by'], b: TableSort['by']): boolean {
  return columnId(a) === columnId(b)
}

/** The columns of a table of these topics, in their order: what every message has, and the fields pinned for any of them. */
export function columnsOf({ pinned, columns }: TableSettings, topics: string): Column[] {
  const paths = pinned.filter((field) => concerns(field, topics)).map(({ path }): TableSort['by'] => path)
  const [time, topic, ...rest] = MESSAGE_COLUMNS
  const all = [...new Map([time, topic, ...paths, ...rest].map((by) => [columnId(by), by]))].map(([id, by]) => {
    const setting = columns.find((candidate) => candidate.id === id)
    return {
      id,
      by,
      // Where there is but one topic, each row would say the same.
      isShown: setting?.isShown ?? (by !== 'topic' || /[+#]/.test(topics)),
      widthPx: setting?.widthPx ?? (typeof by === 'string' ? WIDTHS_PX[by] : FIELD_WIDTH_PX),
      isWidthChosen: (setting?.widthPx ?? null) !== null,
    }
  })
  const placed = columns.flatMap(({ id }) => all.find((column) => column.id === id) ?? [])
  return withMissing(placed, all)
}

/** A list with those it lacks of another one, each behind the one it follows there. */
function withMissing<Item extends { readonly id: string }>(list: readonly Item[], whole: readonly Item[]): Item[] {
  const joined = [...list]
  whole.forEach((item, index) => {
    if (joined.some(({ id }) => id === item.id)) return
    const before = whole[index - 1]
    joined.splice(joined.findIndex(({ id }) => id === before?.id) + 1, 0, item)
  })
  return joined
}

/** Whether a field was pinned for topics among these, or for more than these. */
function concerns(field: PinnedField, topics: string): boolean {
  return covers(topics, field.topics) || covers(field.topics, topics)
}

function covers(filter: string, topics: string): boolean {
  return filter === topics || matchesFilter(compileFilter(filter), topics.split('/'))
}

/** With a field to be shown in tables of these topics. */
export function withPinned(settings: TableSettings, path: FieldPath, topics: string): TableSettings {
  const id = columnId(path)
  const pinned = settings.pinned.filter((field) => columnId(field.path) !== id || field.topics !== topics)
  const columns = settings.columns.map((setting) => (setting.id === id ? { ...setting, isShown: true } : setting))
  return { pinned: [...pinned, { path, topics }], columns }
}

/** Without a field in any table of these topics. */
export function withoutPinned(settings: TableSettings, path: FieldPath, topics: string): TableSettings {
  const id = columnId(path)
  return { ...settings, pinned: settings.pinned.filter((field) => columnId(field.path) !== id || !concerns(field, topics)) }
}

/** With one column of a table changed; the others stay as they are. */
export function withColumn(settings: TableSettings, id: string, change: Partial<Omit<ColumnSetting, 'id'>>, columns: readonly Column[]): TableSettings {
  const changed = (setting: ColumnSetting): ColumnSetting => {
    const { widthPx, ...rest } = { ...setting, ...change }
    return { ...rest, widthPx: widthPx === null ? null : withinLimits(widthPx) }
  }
  return { ...settings, columns: settingsOf(settings, columns).map((setting) => (setting.id === id ? changed(setting) : setting)) }
}

function withinLimits(widthPx: number): number {
  return Math.round(Math.max(LEAST_COLUMN_PX, Math.min(MOST_COLUMN_PX, widthPx)))
}

/** With a column moved by one place, past its neighbour. */
export function withMoved(settings: TableSettings, id: string, by: -1 | 1, columns: readonly Column[]): TableSettings {
  const neighbour = columns[columns.findIndex((column) => column.id === id) + by]
  const all = settingsOf(settings, columns)
  const moved = all.find((setting) => setting.id === id)
  if (neighbour === undefined || moved === undefined) return settings
  const others = all.filter((setting) => setting !== moved)
  others.splice(others.findIndex((setting) => setting.id === neighbour.id) + (by === 1 ? 1 : 0), 0, moved)
  return { ...settings, columns: others }
}

/** The settings with one for each column of a table, in its order; those of other tables stay behind what they follow. */
function settingsOf(settings: TableSettings, columns: readonly Column[]): ColumnSetting[] {
  const shown = columns.map(({ id, isShown, widthPx, isWidthChosen }) => ({ id, isShown, widthPx: isWidthChosen ? widthPx : null }))
  return withMissing(shown, settings.columns)
}

/** What a column is called; `words` has the properties' names. */
export function columnLabel(by: TableSort['by'], words: (property: MessageColumn) => string): string {
  return typeof by === 'string' ? words(by) : pathText(by) || words('value')
}
