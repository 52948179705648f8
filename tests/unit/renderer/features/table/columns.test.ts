import { describe, expect, it } from 'vitest'
import { DEFAULT_TABLE_SETTINGS, tableSettingsSchema, type TableSettings } from '@shared/table/table-settings'
import { columnsOf, withColumn, withMoved, withoutPinned, withPinned } from '../../../../../src-renderer/features/table/columns'

const ids = (settings: TableSettings, topics: string): string[] => columnsOf(settings, topics).map(({ id }) => id)
const VALUE = '["value"]'

describe('the columns of a table', () => {
  it('are what every message has; its topic only where there may be several', () => {
    expect(ids(DEFAULT_TABLE_SETTINGS, 'a/#')).toEqual(['time', 'topic', 'qos', 'retain', 'size', 'value'])
    const shown = (topics: string) => columnsOf(DEFAULT_TABLE_SETTINGS, topics).find(({ id }) => id === 'topic')?.isShown
    expect([shown('a/b'), shown('a/#'), shown('+/b')]).toEqual([false, true, true])
  })

  it('are joined by the fields pinned for any of its topics, each once', () => {
    let settings = withPinned(DEFAULT_TABLE_SETTINGS, ['value'], 'plant/a')
    settings = withPinned(settings, ['value'], 'plant/b')
    settings = withPinned(settings, ['other', 0], 'house')
    expect(ids(settings, 'plant/a')).toEqual(['time', 'topic', VALUE, 'qos', 'retain', 'size', 'value'])
    expect(ids(settings, 'plant/#')).toContain(VALUE)
    expect(ids(settings, 'plant/c')).not.toContain(VALUE)
    expect(ids(settings, '#')).toEqual(['time', 'topic', VALUE, '["other",0]', 'qos', 'retain', 'size', 'value'])
    expect(ids(withPinned(settings, ['x'], 'plant/#'), 'plant/deep/below')).toContain('["x"]')
    expect(ids(withoutPinned(settings, ['value'], 'plant/#'), '#')).not.toContain(VALUE)
    expect(ids(withoutPinned(settings, ['value'], 'plant/a'), '#')).toContain(VALUE)
  })

  it('are told apart from a field of the same name', () => {
    const settings = withPinned(DEFAULT_TABLE_SETTINGS, ['size'], 'a')
    expect(new Set(ids(settings, 'a')).size).toBe(7)
  })

  it('keep order, width and whether they show, and leave those of other tables alone', () => {
    let settings = withPinned(withPinned(DEFAULT_TABLE_SETTINGS, ['value'], 'a'), ['other'], 'b')
    settings = withColumn(settings, '["other"]', { widthPx: 333 }, columnsOf(settings, 'b'))
    settings = withMoved(settings, VALUE, -1, columnsOf(settings, 'a'))
    settings = withColumn(settings, 'qos', { isShown: false }, columnsOf(settings, 'a'))
    settings = withColumn(settings, 'size', { widthPx: 3.7 }, columnsOf(settings, 'a'))
    expect(tableSettingsSchema.parse(settings)).toEqual(settings)
    const columns = columnsOf(settings, 'a')
    expect(columns.map(({ id }) => id)).toEqual(['time', VALUE, 'topic', 'qos', 'retain', 'size', 'value'])
    expect(columns.find(({ id }) => id === 'qos')?.isShown).toBe(false)
    expect(columns.find(({ id }) => id === 'size')).toMatchObject({ widthPx: 40, isWidthChosen: true })
    expect(columnsOf(settings, 'b').find(({ id }) => id === '["other"]')?.widthPx).toBe(333)
    expect(ids(settings, 'b')).toEqual(['time', 'topic', '["other"]', 'qos', 'retain', 'size', 'value'])
    expect(columnsOf(withColumn(settings, 'size', { widthPx: null }, columns), 'a').find(({ id }) => id === 'size')?.isWidthChosen).toBe(false)
  })

  it('do not move beyond either end', () => {
    const columns = columnsOf(DEFAULT_TABLE_SETTINGS, '#')
    expect(ids(withMoved(DEFAULT_TABLE_SETTINGS, 'time', -1, columns), '#')).toEqual(columns.map(({ id }) => id))
    expect(ids(withMoved(DEFAULT_TABLE_SETTINGS, 'value', 1, columns), '#')).toEqual(columns.map(({ id }) => id))
  })

  it('show again when they are pinned again', () => {
    let settings = withPinned(DEFAULT_TABLE_SETTINGS, ['value'], 'a')
    settings = withColumn(settings, VALUE, { isShown: false }, columnsOf(settings, 'a'))
    expect(columnsOf(withPinned(settings, ['value'], 'a'), 'a').find(({ id }) => id === VALUE)?.isShown).toBe(true)
  })
})
