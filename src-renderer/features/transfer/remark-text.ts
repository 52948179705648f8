import type { Obstacle, Remark } from '@shared/transfer/remark'
import { useI18n } from 'vue-i18n'
import { isolate } from '../../i18n/isolate'

/** Words what does not come along with a profile, or why a profile cannot come at all. */
export function useRemarkText(): { remarkText: (remark: Remark) => string; obstacleText: (obstacle: Obstacle) => string } {
  const { t } = useI18n({ useScope: 'global' })

  function remarkText(remark: Remark): string {
    switch (remark.code) {
      case 'filters-left-out':
      case 'words-ignored':
        return t(`transfer.remark.${remark.code}`, remark.count)
      case 'option-ignored':
        return t(`transfer.ignored.${remark.reason}`, { option: isolate(remark.option) })
      case 'file-missing':
      case 'file-unreadable':
      case 'file-unusable':
      case 'file-relative':
      case 'file-network':
      case 'file-not-included':
        return t(`transfer.remark.${remark.code}`, {
          file: isolate(remark.file),
          purpose: t(`transfer.purpose.${remark.purpose}`),
        })
      default: {
        const details = Object.entries(remark).map(([name, value]) => [name, isolate(value)])
        return t(`transfer.remark.${remark.code}`, Object.fromEntries(details) as Record<string, string>)
      }
    }
  }

  function obstacleText(obstacle: Obstacle): string {
    const protocol = 'protocol' in obstacle ? isolate(obstacle.protocol) : ''
    return t(`transfer.obstacle.${obstacle.code}`, { protocol })
  }

  return { remarkText, obstacleText }
}
