import { Check, FileArchive, Hash, ListPlus, Settings2, Type } from '@lucide/vue'
import {
  byteOrderSchema,
  charsetSchema,
  compressionSchema,
  numberTypeSchema,
  usualChoice,
  type FormatChoice,
  type ReadableFormat,
  type Reading,
} from '@shared/payload/reading'
import type { MenuItem } from '../../ui/menu-item'

/** What the entries are for: to be read as text, to be taken apart, or bytes as they are. */
const STRUCTURED = ['json', 'xml', 'yaml', 'cbor', 'msgpack', 'protobuf', 'avro', 'sparkplug'] as const satisfies readonly ReadableFormat[]
const BINARY = ['hex', 'base64'] as const satisfies readonly ReadableFormat[]

type Translate = (key: string, values?: Record<string, unknown>) => string

interface FormatMenuActions {
  choose(reading: Reading): void
  /** The user wants this reading for all messages like it. */
  addRule(): void
  manage(): void
}

/** The menu of everything a payload can be read as, with what is chosen now. */
export function formatMenu(reading: Reading, actions: FormatMenuActions, t: Translate): MenuItem[] {
  const { format, compression } = reading
  const choose = (choice: FormatChoice | null) => () => actions.choose({ ...reading, format: choice })
  const entry = (kind: ReadableFormat): MenuItem => ({
    label: t(`mqtt.readable.${kind}`),
    checked: format?.kind === kind,
    onSelect: choose(usualChoice(kind)),
  })
  const text: MenuItem = {
    label: t('mqtt.readable.text'),
    icon: format?.kind === 'text' ? Check : Type,
    items: charsetSchema.options.map((charset) => ({
      label: t(`inspector.charset.${charset}`),
      checked: format?.kind === 'text' && format.charset === charset,
      onSelect: choose({ kind: 'text', charset }),
    })),
  }
  return [
    { label: t('inspector.auto'), checked: format === null, onSelect: choose(null) },
    'separator',
    text,
    ...STRUCTURED.map(entry),
    'separator',
    ...BINARY.map(entry),
    { label: t('mqtt.readable.number'), icon: format?.kind === 'number' ? Check : Hash, items: numberItems(format, choose, t) },
    entry('image'),
    'separator',
    {
      label: t('inspector.compression.label'),
      icon: compression === 'auto' ? FileArchive : Check,
      items: (['auto', 'none', ...compressionSchema.options] as const).map((value) => ({
        label: t(`inspector.compression.${value}`),
        checked: compression === value,
        onSelect: () => actions.choose({ ...reading, compression: value }),
      })),
    },
    'separator',
    { label: t('inspector.addRule'), icon: ListPlus, onSelect: () => actions.addRule() },
    { label: t('inspector.manageDecoders'), icon: Settings2, onSelect: () => actions.manage() },
  ]
}

function numberItems(format: FormatChoice | null, choose: (choice: FormatChoice) => () => void, t: Translate): MenuItem[] {
  const chosen = format?.kind === 'number' ? format : null
  const byteOrder = chosen?.byteOrder ?? 'big-endian'
  return [
    ...numberTypeSchema.options.map((type) => ({
      label: t(`inspector.numberType.${type}`),
      checked: chosen?.type === type,
      onSelect: choose({ kind: 'number', type, byteOrder }),
    })),
    'separator',
    ...byteOrderSchema.options.map((order) => ({
      label: t(`inspector.byteOrder.${order}`),
      checked: byteOrder === order,
      onSelect: choose({ kind: 'number', type: chosen?.type ?? 'float32', byteOrder: order }),
    })),
  ]
}
