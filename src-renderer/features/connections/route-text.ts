import type { Connection } from '@shared/connection/connection'
import { useI18n } from 'vue-i18n'
import { isolate } from '../../i18n/isolate'

/** Words the proxies a connection goes through, in the order they are tried; null when nothing lies between. */
export function useRouteText(): (routes: Connection['routes']) => string | null {
  const { t } = useI18n({ useScope: 'global' })
  return (routes) => {
    if (routes === null) return t('connections.page.proxyOfSystem')
    if (routes.every((route) => route === 'direct')) return null
    return routes
      .map((route) => (route === 'direct' ? t('connections.page.directly') : isolate(route)))
      .reduce((first, next) => t('connections.page.inTurn', { first, next }))
  }
}
