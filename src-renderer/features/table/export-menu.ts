import { Braces, FileSpreadsheet, FolderDown } from '@lucide/vue'
import type { ExportFormat } from '@shared/table/export'
import { formatCount } from '../../ui/format'
import type { MenuItem } from '../../ui/menu-item'

type Translate = (key: string, values?: Record<string, unknown>, count?: number) => string

const FORMATS = [
  { format: 'csv', icon: FileSpreadsheet },
  { format: 'json-lines', icon: Braces },
  { format: 'files', icon: FolderDown },
] as const

/** What can be exported of a table: the rows chosen, where there are any, and all. */
export function exportMenu(chosen: number, all: number, start: (format: ExportFormat, onlyChosen: boolean) => void, t: Translate): MenuItem[] {
  const entries = (onlyChosen: boolean, n: number): MenuItem[] =>
    FORMATS.map(({ format, icon }) => ({
      label: t(onlyChosen ? `table.export.chosen.${format}` : `table.export.all.${format}`, { n: formatCount(n) }, n),
      icon,
      disabled: n === 0,
      onSelect: () => start(format, onlyChosen),
    }))
  return [...(chosen > 0 ? [...entries(true, chosen), 'separator' as const] : []), ...entries(false, all)]
}
