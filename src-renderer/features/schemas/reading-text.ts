import { useI18n } from 'vue-i18n'
import type { FormatChoice, Reading } from '@shared/payload/reading'
import type { ListedSchema } from '@shared/schemas/schema-file'

/** Words a reading: `gzip → Protobuf · acme.Reading`. */
export function useReadingText(): (reading: Reading, schemas: readonly ListedSchema[]) => string {
  const { t } = useI18n()

  function details(format: FormatChoice, schemas: readonly ListedSchema[]): string | null {
    const nameOf = (schemaId: string): string => schemas.find(({ id }) => id === schemaId)?.name ?? t('schemas.gone')
    switch (format.kind) {
      case 'text':
        return format.charset === 'utf-8' ? null : t(`schemas.charset.${format.charset}`)
      case 'number':
        return `${format.type}, ${t(`schemas.byteOrder.${format.byteOrder}`)}`
      case 'protobuf':
        if (format.schemaId === null) return t('schemas.withoutSchema')
        return schemas.some(({ id }) => id === format.schemaId) ? format.messageType : t('schemas.gone')
      case 'avro':
        return format.schemaId === null ? t('schemas.ownSchema') : nameOf(format.schemaId)
      default:
        return null
    }
  }

  return ({ compression, format }, schemas) => {
    const kind = format === null ? t('schemas.automatic') : t(`mqtt.readable.${format.kind}`)
    const more = format === null ? null : details(format, schemas)
    const words = more === null ? kind : `${kind} · ${more}`
    if (compression === 'auto') return words
    return `${compression === 'none' ? t('schemas.compression.none') : compression} → ${words}`
  }
}
